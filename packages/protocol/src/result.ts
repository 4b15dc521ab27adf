// The outcome of a count, and the sums it must satisfy. Specification: "Tally".

import { hasExactly } from './encoding/json.ts';
import type { Contest, Definition } from './definition.ts';

/** Counts of one contest: votes per candidate in the definition's order, and blank votes. */
export interface ContestTally {
  readonly contest: string;
  readonly votes: readonly number[];
  readonly blank: number;
}

/** Counts of an election. ballots = valid + invalid. */
export interface Tally {
  readonly ballots: number;
  readonly valid: number;
  readonly invalid: number;
  readonly contests: readonly ContestTally[];
}

/** Why a value is no tally of a definition: its shape, or the sum that doesn't hold. */
export type TallyProblem =
  'malformed-tally' | 'tally-ballots' | 'tally-contests' | 'tally-candidates' | 'tally-blank' | 'tally-votes';

type ParsedTally =
  | { readonly ok: true; readonly tally: Tally }
  | { readonly ok: false; readonly reason: TallyProblem; readonly contest?: number };

/**
 * Reads a tally. Total and strict (unknown members refused). The sums, with c = valid − blank the votes for candidates:
 * ballots = valid + invalid; blank = 0 unless allowed; 0 ≤ c; each vote ≤ c; minChoices·c ≤ Σ votes ≤ maxChoices·c.
 */
export function parseTally(definition: Definition, value: unknown): ParsedTally {
  if (!hasExactly(value, ['ballots', 'valid', 'invalid', 'contests'])) return { ok: false, reason: 'malformed-tally' };
  const { ballots, valid, invalid, contests } = value;
  if (!isCount(ballots) || !isCount(valid) || !isCount(invalid)) return { ok: false, reason: 'malformed-tally' };
  if (ballots !== valid + invalid) return { ok: false, reason: 'tally-ballots' };
  if (!Array.isArray(contests)) return { ok: false, reason: 'malformed-tally' };
  if (contests.length !== definition.contests.length) return { ok: false, reason: 'tally-contests' };
  const tallies: ContestTally[] = [];
  for (const [index, contest] of definition.contests.entries()) {
    const parsed = parseContestTally(contest, valid, contests[index]);
    if (typeof parsed === 'string') return { ok: false, reason: parsed, contest: index };
    tallies.push(parsed);
  }
  return { ok: true, tally: { ballots, valid, invalid, contests: tallies } };
}

function parseContestTally(contest: Contest, valid: number, value: unknown): ContestTally | TallyProblem {
  if (!hasExactly(value, ['contest', 'votes', 'blank'])) return 'malformed-tally';
  const { votes, blank } = value;
  if (!isCount(blank) || !Array.isArray(votes) || !votes.every(isCount)) return 'malformed-tally';
  if (value['contest'] !== contest.id) return 'tally-contests';
  if (votes.length !== contest.candidates.length) return 'tally-candidates';
  if (blank > valid || (!contest.blank && blank !== 0)) return 'tally-blank';
  const chosen = valid - blank;
  const sum = votes.reduce((total, vote) => total + vote, 0);
  const isBounded = sum >= contest.minChoices * chosen && sum <= contest.maxChoices * chosen;
  if (!isBounded || votes.some((vote) => vote > chosen)) return 'tally-votes';
  return { contest: contest.id, votes: [...votes], blank };
}

/** A count of ballots: a whole number from 0 to 10^9, so that no sum of a tally leaves the safe integers. */
function isCount(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 1_000_000_000;
}
