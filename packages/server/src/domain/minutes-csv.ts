// The result as a spreadsheet: one line for each number. Columns: operations.md, "Files of the result".

import type { Minutes, MinutesContest } from '@votix/protocol';
import { type CsvCell, csvLine, csvStart, type CsvStyle } from './csv.ts';

const columns = ['section', 'contest', 'name', 'votes', 'percent_of_valid', 'percent_of_roll', 'rank', 'standing'];

/** Names of lines and columns are the same in every language; only separators follow it. */
export function minutesCsv(minutes: Minutes, style: CsvStyle): string {
  const { counts, contests, invalidBallots } = minutes;
  const total = (name: string, value: number | null): CsvCell[] => ['totals', '', name, value ?? '', '', '', '', ''];
  const rows: readonly (readonly CsvCell[])[] = [
    columns,
    ['election', '', minutes.name, '', '', '', '', minutes.rehearsal ? `${minutes.status} TEST` : minutes.status],
    total('registered', counts.registered),
    total('signatures', counts.signatures),
    total('ballots', counts.ballots),
    total('valid', counts.valid),
    total('invalid', counts.invalid),
    total('turnout_percent', counts.turnout),
    ...contests.flatMap(contestRows),
    ...invalidBallots.map(({ receipt, reason }) => ['invalid', '', receipt, '', '', '', '', reason]),
  ];
  return csvStart + rows.map((row) => csvLine(row, style)).join('');
}

function contestRows({ title, blank, candidates }: MinutesContest): CsvCell[][] {
  const rows: CsvCell[][] = candidates.map(({ name, votes, ofValid, ofRoll, rank, standing }) => [
    'candidate',
    title,
    name,
    votes,
    ofValid,
    ofRoll,
    rank,
    standing,
  ]);
  return blank === null ? rows : [...rows, ['blank', title, '', blank.votes, blank.ofValid, blank.ofRoll, '', '']];
}
