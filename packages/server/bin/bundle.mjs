// Makes the programs that browsers run, when they are older than their sources. The bundler runs as a process of its own:
// it would otherwise stay in memory as long as the server.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export async function hasBundle() {
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
