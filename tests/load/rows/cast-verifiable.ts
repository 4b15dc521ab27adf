// Votes in an election that everyone can check: the server's own threads for the proofs, beside a single one.

import { atLeast, atMost, type Benchmark, digits, type Wish } from '../benchmark.ts';
import { startCastServer } from '../cast-server.ts';
import { provenVotes } from '../elections.ts';
import { load, type Loaded } from '../loading.ts';
import { interleave, median, percentile, ratioOf } from '../statistics.ts';

const connections = 32;

async function run({ quick, rounds, folder }: Wish) {
  const share = quick ? 40 : 200;
  const { environment, votes } = await provenVotes(folder, 2 * share * rounds + 2 * connections);
  const server = await startCastServer({
    environment,
    ways: [{ storing: 'shared' }, { storing: 'shared', proofThreads: 1 }],
  });
  try {
    const [own = '', single = ''] = server.urls;
    let next = 0;
    const some = (count: number) => votes.slice(next, (next += count));
    for (const url of [own, single]) await load(url, some(connections), connections); // warm
    const delays: number[] = [];
    const found = await interleave(rounds, {
      single: () => load(single, some(share), connections),
      own: async () => {
        await server.usage();
        const loaded = await load(own, some(share), connections);
        delays.push((await server.usage()).delayP99Ms);
        return loaded;
      },
    });
    const rates = (loads: readonly Loaded[]) => loads.map(({ perSecond }) => perSecond);
    const ratio = ratioOf(rates(found.own), rates(found.single));
    const p99 = percentile(
      found.own.flatMap(({ waitsMs }) => waitsMs),
      99,
    );
    return [
      atLeast(ratio, 1.7, `${digits(ratio)} (${digits(median(rates(found.own)))} votes a second)`),
      atMost(median(delays), 20, `event loop p99 ${digits(median(delays))} ms`),
      { text: `answers p99 ${digits(p99)} ms` },
    ];
  } finally {
    await server.stop();
  }
}

export const castVerifiable: Benchmark = {
  name: 'cast-verifiable',
  wanted: '≥ 1.7 on two cores; event loop delay p99 ≤ 20 ms',
  reference: 'one thread for the proofs; Ed25519, five candidates or blank, SQLite, 32 connections',
  run,
};
