// Makes the programs that browsers run, when they are older than their sources. Without their sources, as in a container,
// those that were made before are served. The bundler runs as a process of its own: it would otherwise stay in memory as
// long as the server.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const program = new URL('../../browser/src/build.ts', import.meta.url);
const made = new URL('../../browser/dist/manifest.json', import.meta.url);

export async function hasBundle() {
  if (!existsSync(program)) return existsSync(made) || refuse('The programs that browsers run are missing.');
  const { isBundleStale } = await import('../../browser/src/build.ts');
  if (!isBundleStale()) return true;
  const { status } = spawnSync(process.execPath, [fileURLToPath(program)], { stdio: ['ignore', 'ignore', 'inherit'] });
  return status === 0 || refuse('Votix could not build the programs that browsers run.');
}

function refuse(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 1;
  return false;
}
