// What a rehearsal says at its end: a table for people, or the facts of one line of JSON.

import type { SealingName } from '@votix/protocol';
import type { Answer } from '../answer.ts';
import type { Outcome } from './election.ts';

type Seconds = Readonly<Record<string, number>>;

export interface Circumstances {
  readonly database: 'sqlite' | 'postgres';
  readonly voters: number;
  readonly concurrency: number;
  readonly seconds: Seconds;
  readonly sealing: SealingName;
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits));

/** The smallest value that this share of all does not exceed. */
const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;

export function answerOf({ casting, tally, differences }: Omit<Outcome, 'record'>, at: Circumstances): Answer {
  const sorted = casting.waitsMs.toSorted((a, b) => a - b);
  const seconds = Object.fromEntries(Object.entries(at.seconds).map(([name, value]) => [name, round(value, 2)]));
  const facts = {
    sealing: at.sealing,
    database: at.database,
    voters: at.voters,
    cast: casting.cast,
    tallied: tally.valid,
    invalid: tally.invalid,
    seconds,
    castsPerSecond: round(casting.cast / Math.max(at.seconds['cast'] ?? 0, 0.001), 1),
    p50Ms: round(percentile(sorted, 0.5), 1),
    p99Ms: round(percentile(sorted, 0.99), 1),
  };
  const text = [
    `Rehearsal on ${at.database === 'sqlite' ? 'SQLite' : 'PostgreSQL'}: ${at.voters} voters, ${at.concurrency} at a time`,
    ...Object.entries(seconds).map(([name, value]) => `  ${name.padEnd(8)} ${value.toFixed(2).padStart(8)} s`),
    `  ${facts.castsPerSecond} casts a second; half of the voters waited ${facts.p50Ms} ms or less, 99 of 100 ${facts.p99Ms} ms or less`,
    `  ${facts.cast} cast, ${facts.tallied} counted, ${facts.invalid} invalid`,
  ].join('\n');
  if (differences.length === 0) return { ok: true, text: `${text}\nThe result is what was cast.`, facts };
  const sentence = `${text}\nThis is NOT as it should be:\n${differences.map((line) => `  ${line}`).join('\n')}`;
  return { ok: false, reason: 'differences', sentence, facts: { ...facts, differences } };
}
