// A box of a hundred thousand ballots on a machine without network: `votix-offline open` beside what openssl does of the
// same arithmetic on the same cores.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { buildOffline } from '../../../packages/offline/src/build.ts';
import { atLeast, type Benchmark, digits, notMeasured, type Wish } from '../benchmark.ts';
import { aBox, recordOf } from '../boxes.ts';
import { interleave, median, ratioOf } from '../statistics.ts';

/** Private operations of RSA-2048 a second, by the clock, on all cores together; undefined where there is no openssl. */
function privateOperations(seconds: number): number | undefined {
  const args = ['speed', '-mr', '-elapsed', '-multi', String(availableParallelism()), '-seconds', String(seconds)];
  const { stdout } = spawnSync('openssl', [...args, 'rsa2048'], { encoding: 'utf8' });
  const found = /^\+F2:\d+:2048:([\d.]+):/mu.exec(stdout ?? '')?.[1];
  return found === undefined ? undefined : Number(found);
}

/** What the process held at most, as its last word. */
const tellPeak = `import { isMainThread } from 'node:worker_threads';
if (isMainThread) process.on('exit', () => console.error('peak', process.resourceUsage().maxRSS));`;

interface Opened {
  /** While ballots are opened, as the command itself tells it. */
  readonly perSecond: number;
  /** From the command's start to its report. */
  readonly seconds: number;
  readonly peakMB: number;
}

function openWith(program: string, paths: { record: string; key: string }, passphrase: string): Opened {
  const start = performance.now();
  const args = ['--import', `data:text/javascript,${encodeURIComponent(tellPeak)}`, program];
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...args, 'open', paths.record, '--key', paths.key, '--json'],
    { input: `${passphrase}\n`, encoding: 'utf8' },
  );
  const seconds = (performance.now() - start) / 1000;
  assert.equal(status, 0, `votix-offline: ${stdout}${stderr}`);
  const { tally, milliseconds } = JSON.parse(stdout) as { tally: { valid: number }; milliseconds: number };
  return {
    perSecond: (tally.valid / milliseconds) * 1000,
    seconds,
    peakMB: Number(/^peak (\d+)$/mu.exec(stderr)![1]) / 1024,
  };
}

async function run({ quick, rounds, folder }: Wish) {
  if (privateOperations(1) === undefined) return notMeasured('no openssl');
  const [many, few] = quick ? [2000, 1000] : [100_000, 10_000];
  const box = await aBox(many);
  const key = join(folder, 'key.pem');
  writeFileSync(key, box.keyFile);
  const pathOf = (count: number) => join(folder, `${count}.json`);
  for (const count of [many, few]) writeFileSync(pathOf(count), recordOf(box, count));
  const { path: program } = await buildOffline(join(folder, 'votix-offline.mjs'));
  const open = (count: number) => openWith(program, { record: pathOf(count), key }, box.passphrase);
  const small = open(few);
  const opened: Opened[] = [];
  const found = await interleave(rounds, {
    openssl: () => Promise.resolve(privateOperations(quick ? 1 : 10)!),
    ours: () => {
      opened.push(open(many));
      return Promise.resolve(opened.at(-1)!.perSecond);
    },
  });
  const ratio = ratioOf(found.ours, found.openssl);
  const seconds = median(opened.map((one) => one.seconds));
  const whole = many / seconds / median(found.openssl);
  const peak = Math.max(...opened.map(({ peakMB }) => peakMB));
  return [
    atLeast(ratio, 0.8, `${digits(ratio)} of its rate (${digits(median(found.ours))} ballots a second)`),
    { text: `the whole command ${digits(seconds)} s, ${digits(whole)} of it` },
    { text: `memory at most ${digits(peak)} MB, ${digits(small.peakMB)} MB with ${few.toLocaleString('en')} ballots` },
  ];
}

export const openOfflineRow: Benchmark = {
  name: 'open-offline',
  wanted: '≥ 0.8 of its rate, memory flat',
  reference: '`openssl speed -multi` of RSA-2048, private operations on the same cores; 100,000 sealed ballots',
  run,
};
