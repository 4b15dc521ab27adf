// A tally as rows with names, for printing it and for comparing two of them.

import type { Contest, ContestTally, Definition, Tally } from '@votix/protocol';
import { printable } from './printable.ts';

/** One number of a tally; without `contest` it is one of the whole box. */
export interface CountRow {
  readonly contest?: Contest;
  readonly name: string;
  readonly count: number;
}

/** The tally must fit the definition. Names come out printable. */
export function countRows({ contests }: Definition, tally: Tally): readonly CountRow[] {
  const { ballots, valid, invalid } = tally;
  const box = Object.entries({ ballots, valid, invalid }).map(([name, count]) => ({ name, count }));
  return [...box, ...contests.flatMap((contest, index) => contestRows(contest, tally.contests[index]!))];
}

function contestRows(contest: Contest, tally: ContestTally): readonly CountRow[] {
  const votes = contest.candidates.map(({ name }, index) => ({
    contest,
    name: printable(name),
    count: tally.votes[index]!,
  }));
  return contest.blank ? [...votes, { contest, name: '(blank)', count: tally.blank }] : votes;
}

/** Counts stand before the names, in one column; a contest's title stands above its rows. */
export function countLines(rows: readonly CountRow[]): readonly string[] {
  return rows.flatMap(({ contest, name, count }, index) => {
    const isFirst = contest !== undefined && contest !== rows[index - 1]?.contest;
    return [...(isFirst ? ['', printable(contest.title)] : []), `${String(count).padStart(8)}  ${name}`];
  });
}
