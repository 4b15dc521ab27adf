// The pages that everybody asks for again and again: at a hundred thousand voters beside a hundred, on two servers.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startSession } from '../../../packages/server/src/domain/sessions.ts';
import { anAccount } from '../../support/app.ts';
import { startVotix } from '../../support/votix-process.ts';
import { atMost, type Benchmark, digits, type Wish } from '../benchmark.ts';
import { anInstance } from '../elections.ts';
import { aLargeElection } from '../rolls.ts';
import { percentile, ratioOf } from '../statistics.ts';

async function aSite(folder: string, voters: number) {
  mkdirSync(folder);
  const { environment, filled } = await anInstance(folder, async (db) => ({
    electionId: await aLargeElection(db, { voters, voted: Math.floor(voters / 3) }),
    session: await startSession(db, (await anAccount(db, 'admin', 'Ada Admin')).id),
  }));
  return { server: await startVotix(environment), ...filled };
}

type Site = Awaited<ReturnType<typeof aSite>>;

const pages: Readonly<Record<string, (electionId: string) => string>> = {
  home: () => '/',
  election: (id) => `/elections/${id}`,
  voters: (id) => `/console/elections/${id}/voters`,
  console: (id) => `/console/elections/${id}`,
};

async function timeOf({ server, session }: Site, path: string): Promise<number> {
  const start = performance.now();
  const answer = await fetch(server.url + path, { headers: { cookie: `votix_session=${session}` } });
  await answer.arrayBuffer();
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
  return performance.now() - start;
}

async function run({ quick, rounds, folder }: Wish) {
  const [large, small] = [
    await aSite(join(folder, 'large'), quick ? 2000 : 100_000),
    await aSite(join(folder, 'small'), 100),
  ];
  const times = quick ? 10 : 100;
  try {
    const figures = [];
    for (const [name, pathIn] of Object.entries(pages)) {
      const p99 = { large: [] as number[], small: [] as number[] };
      for (let round = -1; round < rounds; round++) {
        const waits = { large: [] as number[], small: [] as number[] };
        // By turns, request for request: what slows one slows the other.
        for (let time = 0; time < times; time++) {
          waits.large.push(await timeOf(large, pathIn(large.electionId)));
          waits.small.push(await timeOf(small, pathIn(small.electionId)));
        }
        if (round < 0) continue; // warm
        p99.large.push(percentile(waits.large, 99));
        p99.small.push(percentile(waits.small, 99));
      }
      const ratio = ratioOf(p99.large, p99.small);
      figures.push(atMost(ratio, 2, `${name} ${digits(ratio)} (p99 ${digits(percentile(p99.large, 50))} ms)`));
    }
    return figures;
  } finally {
    await large.server.stop();
    await small.server.stop();
  }
}

export const pagesRow: Benchmark = {
  name: 'pages',
  wanted: 'p99 ≤ 2 times, each',
  reference: 'the same pages at 100 voters; 100,000 voters of whom a third has voted, SQLite',
  run,
};
