#!/usr/bin/env node
// `npm start`: the right Node, the settings of `.env`, an up-to-date bundle, then the server in this same process.
// The bundler runs as a process of its own: it would otherwise stay in memory as long as the server.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { loadSettingsFile, underRightNode } from './guard.mjs';

await underRightNode(async () => {
  loadSettingsFile();
  if (!(await hasBundle())) return;
  const { main } = await import('../src/main.ts');
  await main();
});

async function hasBundle() {
  const { isBundleStale } = await import('../../browser/src/build.ts');
  if (!isBundleStale()) return true;
  const program = fileURLToPath(new URL('../../browser/src/build.ts', import.meta.url));
  const { status } = spawnSync(process.execPath, [program], { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) {
    process.stderr.write('Votix could not build the programs that browsers run.\n');
    process.exitCode = 1;
  }
  return status === 0;
}
