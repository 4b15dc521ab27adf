// A finished archive of a thousand ballots: `votix-offline verify` on all cores beside the tool of those who designed it.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildOffline } from '../../../packages/offline/src/build.ts';
import { atMost, type Benchmark, digits, notMeasured, type Wish } from '../benchmark.ts';
import { aFinishedArchive } from '../boards.ts';
import { interleave, median, ratioOf } from '../statistics.ts';

/** Named in BELENIOS_TOOL_NEWER, or unpacked beside the system; undefined where neither can be. */
function findTool(): string | undefined {
  const named = process.env['BELENIOS_TOOL_NEWER'];
  if (named) return named;
  const script = join(import.meta.dirname, '../../conformance/newer-belenios-tool.sh');
  const { status, stdout } = spawnSync(script, [join(tmpdir(), 'votix-belenios-tool')], {
    encoding: 'utf8',
    timeout: 120_000,
  });
  return status === 0 ? stdout.trim() : undefined;
}

function seconds(program: string, args: readonly string[]): Promise<number> {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  assert(status === 0, `${program}: ${stdout}${stderr}`);
  return Promise.resolve((performance.now() - start) / 1000);
}

async function run({ quick, rounds, folder }: Wish) {
  const { uuid, bytes } = await aFinishedArchive(quick ? 100 : 1000);
  const archive = join(folder, `${uuid}.bel`);
  writeFileSync(archive, bytes);
  const { path: program } = await buildOffline(join(folder, 'votix-offline.mjs'));
  const ours = () => seconds(process.execPath, [program, 'verify', archive]);
  const tool = findTool();
  if (tool === undefined)
    return [{ text: `${digits(await ours())} s` }, ...notMeasured('no belenios-tool of 3.0 or newer')];
  const version = spawnSync(tool, ['--version'], { encoding: 'utf8' }).stdout.trim();
  const found = await interleave(rounds, {
    theirs: () => seconds(tool, ['election', 'verify', '--dir', folder]),
    ours,
  });
  const ratio = ratioOf(found.ours, found.theirs);
  const [we, they] = [median(found.ours), median(found.theirs)];
  return [atMost(ratio, 0.33, `${digits(ratio)} (${digits(we)} s, belenios-tool ${version} ${digits(they)} s)`)];
}

export const verifyArchiveRow: Benchmark = {
  name: 'verify-archive',
  wanted: '≤ 0.33 of its time, 0.2 to be reached',
  reference: 'belenios-tool of 3.0 or newer; the same archive, Ed25519, 1,000 ballots (yes, no, blank), all cores',
  rounds: 3,
  run,
};
