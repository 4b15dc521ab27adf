// How well a trace joins voters and ballots, as numbers with a known distribution when it does not.
//
// A trace gives each voter and each receipt a number (a place in a file, a transaction). For the n pairs that belong
// together, Spearman's rank correlation of the two numbers is 0 on average and 1/√(n−1) in standard deviation when the trace
// knows nothing: |rho| < 5/√n then fails by chance once in two million times, and a trace that knows the order gives 1.

import { expect } from 'vitest';

export interface Pair {
  readonly voterId: string;
  readonly receipt: string;
}

export interface Trace {
  readonly voters: ReadonlyMap<string, number>;
  readonly receipts: ReadonlyMap<string, number>;
}

/** Ranks from 0; equal numbers share the middle of their ranks. */
function ranksOf(values: readonly number[]): number[] {
  const sorted = values.toSorted((a, b) => a - b);
  const place = new Map<number, number>();
  for (let start = 0; start < sorted.length;) {
    let end = start;
    while (end < sorted.length && sorted[end] === sorted[start]) end++;
    place.set(sorted[start]!, (start + end - 1) / 2);
    start = end;
  }
  return values.map((value) => place.get(value)!);
}

/** Spearman's rho; 0 when one side has the same number for all, which tells nothing. */
function rankCorrelation(xs: readonly number[], ys: readonly number[]): number {
  const [a, b] = [ranksOf(xs), ranksOf(ys)];
  const middle = (xs.length - 1) / 2;
  let [covariance, varianceA, varianceB] = [0, 0, 0];
  for (const [i, rank] of a.entries()) {
    covariance += (rank - middle) * (b[i]! - middle);
    varianceA += (rank - middle) ** 2;
    varianceB += (b[i]! - middle) ** 2;
  }
  return varianceA === 0 || varianceB === 0 ? 0 : covariance / Math.sqrt(varianceA * varianceB);
}

export interface Findings {
  /** Between the numbers of a voter and of their ballot: what joins them. */
  readonly pairs: number;
  /** Between the order of arrival and the numbers: what half of a join would give. */
  readonly voters: number;
  readonly receipts: number;
}

/** `pairs` in the order in which they arrived. */
export function findingsOf(pairs: readonly Pair[], trace: Trace): Findings {
  const arrival = pairs.map((_, index) => index);
  const voters = pairs.map(({ voterId }) => numberOf(trace.voters, voterId));
  const receipts = pairs.map(({ receipt }) => numberOf(trace.receipts, receipt));
  return {
    pairs: rankCorrelation(voters, receipts),
    voters: rankCorrelation(arrival, voters),
    receipts: rankCorrelation(arrival, receipts),
  };
}

function numberOf(trace: ReadonlyMap<string, number>, key: string): number {
  const value = trace.get(key);
  if (value === undefined) throw new Error('The trace misses a voter or a receipt.');
  return value;
}

export const chance = (n: number): number => 5 / Math.sqrt(n);

export function expectNoBetterThanChance(pairs: readonly Pair[], trace: Trace): void {
  const limit = chance(pairs.length);
  for (const [name, rho] of Object.entries(findingsOf(pairs, trace)))
    expect(Math.abs(rho as number), `correlation of ${name}`).toBeLessThan(limit);
}
