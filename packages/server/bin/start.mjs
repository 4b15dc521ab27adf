#!/usr/bin/env node
// `npm start`: the right Node, the settings of `.env`, an up-to-date bundle, then the server in this same process.
import { loadSettingsFile, underRightNode } from './guard.mjs';

await underRightNode(async () => {
  loadSettingsFile();
  const { buildBundle, isBundleStale } = await import('../../browser/src/build.ts');
  if (isBundleStale()) await buildBundle();
  const { main } = await import('../src/main.ts');
  await main();
});
