#!/usr/bin/env node
// The operator's command `votix`: the right Node, the settings of `.env`, then the commands.
import { loadSettingsFile, underRightNode } from './guard.mjs';

await underRightNode(async () => {
  loadSettingsFile();
  await import('../src/commands/index.ts');
});
