// Votes in a sealed box on SQLite: the whole route, beside the same route that stores nothing, and beside one commit a vote.

import { atLeast, atMost, type Benchmark, digits, type Wish } from '../benchmark.ts';
import { startCastServer } from '../cast-server.ts';
import { sealedVotes } from '../elections.ts';
import { load, type Loaded } from '../loading.ts';
import { interleave, median, percentile, ratioOf } from '../statistics.ts';

const connections = 32;

async function run({ quick, rounds, folder }: Wish) {
  const voters = quick ? 400 : 20_000;
  const { environment, votes } = await sealedVotes(folder, voters);
  const server = await startCastServer({
    environment,
    ways: [{ storing: 'shared' }, { storing: 'before-storage' }, { storing: 'alone' }],
  });
  try {
    const [shared = '', beforeStorage = '', alone = ''] = server.urls;
    // Nothing is stored: the same votes as often as one likes.
    await load(beforeStorage, votes.slice(0, voters / 4), connections);
    let next = 0;
    const share = Math.floor(voters / rounds / 4);
    const some = (count: number) => votes.slice(next, (next += count));
    const cpuMs: Record<string, number[]> = {};
    const measured = async (name: string, work: () => Promise<Loaded>) => {
      await server.usage();
      const loaded = await work();
      (cpuMs[name] ??= []).push((await server.usage()).cpuMs / loaded.waitsMs.length);
      return loaded;
    };
    const found = await interleave(rounds, {
      beforeStorage: () => measured('beforeStorage', () => load(beforeStorage, votes.slice(0, 3 * share), connections)),
      shared: () => measured('shared', () => load(shared, some(3 * share), connections)),
      alone: () => measured('alone', () => load(alone, some(share), connections)),
    });
    const rates = (loads: readonly Loaded[]) => loads.map(({ perSecond }) => perSecond);
    const ratio = ratioOf(rates(found.shared), rates(found.beforeStorage));
    const p99 = percentile(
      found.shared.flatMap(({ waitsMs }) => waitsMs),
      99,
    );
    const single = ratioOf(rates(found.shared), rates(found.alone));
    return [
      atLeast(ratio, 0.6, `${digits(ratio)} (${digits(median(rates(found.shared)))} votes a second)`),
      atMost(p99, 50, `p99 ${digits(p99)} ms`),
      { text: `${digits(single)} of one commit a vote` },
      {
        text: `processor time a vote ${digits(median(cpuMs['shared']!))} ms, ${digits(median(cpuMs['beforeStorage']!))} before storage`,
      },
    ];
  } finally {
    await server.stop();
  }
}

export const castSealed: Benchmark = {
  name: 'cast-sealed',
  wanted: '≥ 0.6 of its requests a second, p99 ≤ 50 ms',
  reference: 'the same route answering just before storage; SQLite, `synchronous=FULL`, 32 connections, 20,000 voters',
  run,
};
