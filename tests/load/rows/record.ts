// The record of a hundred thousand ballots: four downloads at once beside copies of the same file; nothing may be held back in
// memory.

import { createWriteStream } from 'node:fs';
import { copyFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { sealBox } from '../../../packages/server/src/domain/boxes.ts';
import { updateElection } from '../../../packages/server/src/storage/elections.ts';
import { startVotix } from '../../support/votix-process.ts';
import { atMost, type Benchmark, digits, type Wish } from '../benchmark.ts';
import { anInstance } from '../elections.ts';
import { watch } from '../memory.ts';
import { aLargeElection } from '../rolls.ts';
import { interleave, median, ratioOf } from '../statistics.ts';

const downloads = 4;

async function run({ quick, rounds, folder }: Wish) {
  const ballots = quick ? 2000 : 100_000;
  const { environment, filled: id } = await anInstance(folder, async (db) => {
    const made = await aLargeElection(db, { voters: ballots, voted: ballots });
    await db.write(async (tx) => updateElection(tx, made, { closes_at: await db.now(tx) }));
    await sealBox(db, made);
    return made;
  });
  const server = await startVotix(environment);
  const seconds = async (work: (path: string) => Promise<unknown>) => {
    const start = performance.now();
    await Promise.all(Array.from({ length: downloads }, (_, index) => work(join(folder, `${index}.json`))));
    return (performance.now() - start) / 1000;
  };
  const download = async (path: string) => {
    const answer = await fetch(`${server.url}/elections/${id}/record`);
    if (answer.status !== 200 || !answer.body) throw new Error(`The record: ${answer.status}`);
    await pipeline(Readable.fromWeb(answer.body as ReadableStream), createWriteStream(path));
  };
  try {
    await download(join(folder, 'record.json'));
    const sizeMB = (await stat(join(folder, 'record.json'))).size / 1e6;
    const grown: number[] = [];
    const found = await interleave(rounds, {
      copy: () => seconds((path) => copyFile(join(folder, 'record.json'), path)),
      ours: async () => {
        let taken = 0;
        const { grownMB } = await watch(server, async () => (taken = await seconds(download)));
        grown.push(grownMB);
        return taken;
      },
    });
    const most = Math.max(...grown);
    return [
      atMost(
        most,
        64,
        `memory grows by ${digits(Math.max(0, most))} MB at most, ${downloads} records of ${digits(sizeMB)} MB at once`,
      ),
      {
        text: `${digits((downloads * sizeMB) / median(found.ours))} MB a second, ${digits(ratioOf(found.ours, found.copy))} times a copy's time`,
      },
    ];
  } finally {
    await server.stop();
  }
}

export const recordRow: Benchmark = {
  name: 'record',
  wanted: 'streamed: memory grows by ≤ 64 MB',
  reference: 'copies of the file; 100,000 ballots, SQLite',
  rounds: 3,
  run,
};
