// What a vote moves, held back until a quarter of an hour is over, as participation over time is (decision 073), and given out
// only where at least five came together. Nobody learns from it when anybody voted, however often they ask.

import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';

const quarterMs = 15 * 60_000;
/** As in domain/disclosure.ts: fewer tell about each of them. */
const fewest = 5;

export interface PublicRequest {
  readonly method: string;
  readonly route: string;
  readonly status: number;
}

export interface Heap {
  count: number;
  seconds: number;
}

/** How a quarter of an hour was for those who voted in it: never how many. */
export interface CastQuarter {
  readonly secondsP50: number;
  readonly secondsP99: number;
  readonly ballotsMean: number;
  readonly ballotsMost: number;
  readonly proofsWaitingMost: number;
}

export interface Released {
  readonly requests: readonly (readonly [PublicRequest, Heap])[];
  /** Undefined where too few voted. */
  readonly casts: CastQuarter | undefined;
}

export interface Quarter {
  countPublic(request: PublicRequest, seconds: number): void;
  countCast(seconds: number): void;
  countCommit(ballots: number): void;
  countProofsWaiting(waiting: number): void;
  /** What the quarters that are over let out; undefined while this one still runs. */
  release(now: number): Released | undefined;
}

const micro = 1e6;
const quarterOf = (now: number): number => Math.floor(now / quarterMs);

export function createQuarter(startedAt: number): Quarter {
  let running = quarterOf(startedAt);
  const held = new Map<string, readonly [PublicRequest, Heap]>();
  const [casts, commits, proofs] = [createHistogram(), createHistogram(), createHistogram()];

  const requests = (): Released['requests'] => {
    const released = [...held].filter(([, [, { count }]]) => count >= fewest);
    for (const [key] of released) held.delete(key);
    return released.map(([, entry]) => entry);
  };

  return {
    countPublic: (request, seconds) => {
      const key = JSON.stringify([request.method, request.route, request.status]);
      const entry: readonly [PublicRequest, Heap] = held.get(key) ?? [request, { count: 0, seconds: 0 }];
      held.set(key, entry);
      entry[1].count++;
      entry[1].seconds += seconds;
    },
    countCast: (seconds) => casts.record(Math.max(1, Math.round(seconds * micro))),
    countCommit: (ballots) => commits.record(ballots),
    countProofsWaiting: (waiting) => proofs.record(waiting + 1), // a histogram begins at one
    release: (now) => {
      if (quarterOf(now) === running) return undefined;
      running = quarterOf(now);
      const released = { requests: requests(), casts: castsOf(casts, commits, proofs) };
      for (const histogram of [casts, commits, proofs]) histogram.reset();
      return released;
    },
  };
}

function castsOf(
  casts: RecordableHistogram,
  commits: RecordableHistogram,
  proofs: RecordableHistogram,
): CastQuarter | undefined {
  if (casts.count < fewest) return undefined;
  return {
    secondsP50: casts.percentile(50) / micro,
    secondsP99: casts.percentile(99) / micro,
    ballotsMean: commits.count === 0 ? 0 : commits.mean,
    ballotsMost: commits.count === 0 ? 0 : commits.max,
    proofsWaitingMost: proofs.count === 0 ? 0 : proofs.max - 1,
  };
}
