// Votes in an election that everyone can check: the server's own threads for the proofs, beside a single one.

import { createProofPool, type ProofPool } from '../../../packages/server/src/proofs/pool.ts';
import { atLeast, atMost, type Benchmark, digits, type Wish } from '../benchmark.ts';
import { startCastServer, type Usage } from '../cast-server.ts';
import { provenVotes } from '../elections.ts';
import { load, type Loaded } from '../loading.ts';
import { interleave, median, percentile, ratioOf } from '../statistics.ts';

const connections = 32;

/** How many times as fast all threads check proofs as one does, where nobody asks and answers: what the cores themselves can give. */
async function scaleOfProofs(board: string, ballots: readonly string[], rounds: number): Promise<number> {
  const pools = { all: createProofPool(), one: createProofPool(1) };
  const seconds = async ({ prove }: ProofPool) => {
    const start = performance.now();
    await Promise.all(ballots.map((ballot) => prove('ballot', board, ballot)));
    return performance.now() - start;
  };
  try {
    for (const pool of Object.values(pools)) await seconds(pool); // warm
    const found = await interleave(rounds, { one: () => seconds(pools.one), all: () => seconds(pools.all) });
    return ratioOf(found.one, found.all);
  } finally {
    for (const pool of Object.values(pools)) await pool.close();
  }
}

async function run({ quick, rounds, folder }: Wish) {
  const share = quick ? 40 : 200;
  const { environment, votes, board, ballots } = await provenVotes(folder, 2 * share * rounds + 2 * connections);
  const scale = await scaleOfProofs(board, ballots.slice(0, share), rounds);
  const server = await startCastServer({
    environment,
    ways: [{ storing: 'shared' }, { storing: 'shared', proofThreads: 1 }],
  });
  try {
    const [own = '', single = ''] = server.urls;
    let next = 0;
    const some = (count: number) => votes.slice(next, (next += count));
    for (const url of [own, single]) await load(url, some(connections), connections); // warm
    const usages: (Usage & { readonly loadMs: number })[] = [];
    const found = await interleave(rounds, {
      single: () => load(single, some(share), connections),
      own: async () => {
        await server.usage();
        const before = process.cpuUsage();
        const loaded = await load(own, some(share), connections);
        const { user, system } = process.cpuUsage(before);
        usages.push({ ...(await server.usage()), loadMs: (user + system) / 1000 });
        return loaded;
      },
    });
    const rates = (loads: readonly Loaded[]) => loads.map(({ perSecond }) => perSecond);
    const ratio = ratioOf(rates(found.own), rates(found.single));
    const p99 = percentile(
      found.own.flatMap(({ waitsMs }) => waitsMs),
      99,
    );
    const medianOf = (value: (usage: (typeof usages)[number]) => number) => median(usages.map(value));
    const delay = medianOf(({ delayP99Ms }) => delayP99Ms);
    const aVote = (value: Parameters<typeof medianOf>[0]) => digits(medianOf(value) / share);
    const most = medianOf(({ cpuMs, answeringMs, loadMs }) => (2 * (cpuMs - answeringMs)) / (cpuMs + loadMs));
    return [
      atLeast(ratio, 1.7, `${digits(ratio)} (${digits(median(rates(found.own)))} votes a second)`),
      atMost(delay, 20, `event loop p99 ${digits(delay)} ms`),
      { text: `answers p99 ${digits(p99)} ms` },
      { text: `the proofs alone ${digits(scale)} of one thread` },
      {
        text: `processor time a vote ${aVote(({ cpuMs }) => cpuMs)} ms, ${aVote(({ answeringMs }) => answeringMs)} of it where requests are answered, and the load's own ${aVote(({ loadMs }) => loadMs)}: at most ${digits(most)} by two cores`,
      },
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
