#!/usr/bin/env node
// `npm start`: the right Node, the settings of `.env`, an up-to-date bundle, then the server in this same process.
import { hasBundle } from './bundle.mjs';
import { loadSettingsFile, underRightNode } from './guard.mjs';

await underRightNode(async () => {
  loadSettingsFile();
  if (!(await hasBundle())) return;
  const { main } = await import('../src/main.ts');
  await main();
});
