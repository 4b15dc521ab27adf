// What a tally means under the rules that arming froze: who is elected, where votes are equal, whether the quorum was
// reached. A pure function of public data, so that pages, minutes and other people's programs agree. Specification: "Outcome".

import type { Candidate, Contest, Definition, TieRule } from '../definition.ts';
import { sha256Hex, utf8 } from '../encoding/bytes.ts';
import type { ContestTally, Tally } from '../result.ts';

/** What an outcome needs beside definition and tally: voters on the roll at the close, and the hash of the sealed box. */
export interface OutcomeFacts {
  readonly registered: number;
  readonly boxHash: string;
}

/** `tied`: equal votes leave open whether this candidate is elected. */
export type Standing = 'elected' | 'tied' | 'not-elected';

/** A candidate with their votes. `index` is the place in the definition, from 0; `rank` is shared by equals (1, 2, 2, 4). */
export interface RankedCandidate {
  readonly index: number;
  readonly candidate: Candidate;
  readonly votes: number;
  readonly rank: number;
  readonly standing: Standing;
}

/**
 * More candidates with equal votes than seats left for them. `candidates` are indices in the ballot's order, `seats` how many
 * of them are to be elected. With the rule `lot`, `lot` lists them as drawn and the first `seats` are elected; else undefined.
 */
export interface Tie {
  readonly rule: TieRule;
  readonly votes: number;
  readonly seats: number;
  readonly candidates: readonly number[];
  readonly lot: readonly number[] | undefined;
}

/** One contest. `ranking` holds every candidate: most votes first, then as drawn by the lot, then as on the ballot. */
export interface ContestOutcome {
  readonly contest: string;
  readonly title: string;
  readonly seats: number;
  readonly ranking: readonly RankedCandidate[];
  /** Indices of the elected, in the order of `ranking`; those elected by lot included. */
  readonly elected: readonly number[];
  readonly tie: Tie | undefined;
  /** Seats for which no candidate with a vote is left; those of an undecided tie are not vacant. */
  readonly vacant: number;
  /** Ballots that chose at least one candidate: valid − blank. */
  readonly expressed: number;
  /** Blank votes; undefined where the rules had none. */
  readonly blank: number | undefined;
}

/** `needed` is the smallest number of ballots that reaches `percent` of the roll. */
export interface Quorum {
  readonly percent: number;
  readonly needed: number;
  readonly reached: boolean;
}

/** An election. `quorum` is undefined where the rules had none; it is shown and decides nothing here. */
export interface Outcome {
  readonly registered: number;
  readonly ballots: number;
  readonly valid: number;
  readonly invalid: number;
  readonly quorum: Quorum | undefined;
  /** In the definition's order. */
  readonly contests: readonly ContestOutcome[];
}

/** The outcome of a tally that parseTally accepted for this definition. */
export function outcomeOf(definition: Definition, tally: Tally, facts: OutcomeFacts): Outcome {
  const { ballots, valid, invalid } = tally;
  return {
    registered: facts.registered,
    ballots,
    valid,
    invalid,
    quorum: definition.quorum === 0 ? undefined : quorumOf(definition.quorum, ballots, facts.registered),
    contests: definition.contests.map((contest, i) =>
      contestOutcome(contest, { counts: tally.contests[i]!, valid, rule: definition.tieRule, boxHash: facts.boxHash }),
    ),
  };
}

/** Every ballot of the box counts for the quorum, blank and invalid ones too: it asks who took part. */
function quorumOf(percent: number, ballots: number, registered: number): Quorum {
  return { percent, needed: Math.ceil((percent * registered) / 100), reached: 100 * ballots >= percent * registered };
}

interface Counted {
  readonly counts: ContestTally;
  readonly valid: number;
  readonly rule: TieRule;
  readonly boxHash: string;
}

function contestOutcome(contest: Contest, { counts, valid, rule, boxHash }: Counted): ContestOutcome {
  const { id, title, seats, candidates, blank } = contest;
  const { votes } = counts;
  const tie = tieOf(contest, votes, { rule, boxHash });
  const place = (index: number): number => (tie?.lot ? tie.lot.indexOf(index) : -1);
  const isChosen = (index: number): boolean => place(index) >= 0 && place(index) < tie!.seats;
  const standingOf = (index: number): Standing => {
    if (tie?.candidates.includes(index)) return tie.lot ? (isChosen(index) ? 'elected' : 'not-elected') : 'tied';
    return isWithinSeats(votes, index, seats) ? 'elected' : 'not-elected';
  };
  const ranking = candidates
    .map((candidate, index) => ({ index, candidate, votes: votes[index]!, rank: 1 + above(votes, votes[index]!) }))
    .toSorted((a, b) => b.votes - a.votes || place(a.index) - place(b.index) || a.index - b.index)
    .map((ranked) => ({ ...ranked, standing: standingOf(ranked.index) }));
  const elected = ranking.filter(({ standing }) => standing === 'elected').map(({ index }) => index);
  const open = tie && !tie.lot ? tie.seats : 0;
  const taken = { elected, tie, vacant: seats - elected.length - open };
  const numbers = { expressed: valid - counts.blank, blank: blank ? counts.blank : undefined };
  return { contest: id, title, seats, ranking, ...taken, ...numbers };
}

/** How many candidates have more votes. */
const above = (votes: readonly number[], most: number): number => votes.filter((other) => other > most).length;

/** Nobody is elected without a vote. */
function isWithinSeats(votes: readonly number[], index: number, seats: number): boolean {
  const own = votes[index]!;
  return own > 0 && votes.filter((other) => other >= own).length <= seats;
}

/** The equals on whom the last seats depend, if there are more of them than seats left. */
function tieOf(
  { id, seats, candidates }: Contest,
  votes: readonly number[],
  { rule, boxHash }: { readonly rule: TieRule; readonly boxHash: string },
): Tie | undefined {
  const last = votes.toSorted((a, b) => b - a)[seats - 1] ?? 0;
  if (last === 0) return undefined;
  const tied = candidates.map((_, index) => index).filter((index) => votes[index] === last);
  const left = seats - above(votes, last);
  if (tied.length <= left) return undefined;
  const drawn = () => tied.map((index) => [lotKey(boxHash, id, candidates[index]!), index] as const);
  const lot = rule === 'lot' ? drawn().toSorted(([a], [b]) => (a < b ? -1 : 1)) : undefined;
  return { rule, votes: last, seats: left, candidates: tied, lot: lot?.map(([, index]) => index) };
}

/** SHA-256("votix-lot" ‖ 0A ‖ box hash ‖ 0A ‖ contest id ‖ 0A ‖ candidate id), ascending: known to nobody before the close. */
const lotKey = (boxHash: string, contest: string, { id }: Candidate): string =>
  sha256Hex(utf8(`votix-lot\n${boxHash}\n${contest}\n${id}`));
