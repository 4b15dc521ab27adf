// The roll as a CSV file: streamed, with the header that the import reads, and the day of the vote once there is one.

import { Hono } from 'hono';
import { csvLine, csvStart, type CsvStyle, csvStyle } from '../../domain/csv.ts';
import { exportRoll } from '../../domain/voter-export.ts';
import type { VoterOnRoll } from '../../domain/voters.ts';
import type { Deps, Env, Request } from '../deps.ts';
import { requireMember } from '../scopes.ts';
import { streamed } from '../streaming.ts';
import { enterElection } from './election-routes.ts';
import { filterOf, rollQueryOf } from './roll-query.ts';

const header = ['last_name', 'first_name', 'email', 'promotion', 'building', 'language'] as const;

/** A post, because it leaves an entry in the log. */
export function voterExport(deps: Deps): Hono<Env> {
  return new Hono<Env>().post('/console/elections/:id/voters/export', (c) => download(deps, c));
}

async function download(deps: Deps, c: Request): Promise<Response> {
  const entered = await enterElection(deps, c, requireMember(deps, c));
  if (!entered.ok) return entered.refusal;
  const { election, head, scope, now } = entered;
  const withVotes = head.phase !== 'draft' && head.phase !== 'armed';
  const rows = await exportRoll(deps.db, scope, election.id, filterOf(rollQueryOf(c), now));
  c.header('Content-Type', 'text/csv; charset=utf-8');
  c.header('Content-Disposition', 'attachment; filename="voters.csv"');
  return streamed(deps, c, lines(rows, withVotes, csvStyle(c.get('locale'))));
}

async function* lines(
  rows: AsyncGenerator<readonly VoterOnRoll[]>,
  withVotes: boolean,
  style: CsvStyle,
): AsyncGenerator<string> {
  yield csvStart + csvLine([...header, ...(withVotes ? ['voted_on'] : [])], style);
  for await (const slice of rows) yield slice.map((row) => csvLine(cellsOf(row, withVotes), style)).join('');
}

const cellsOf = (row: VoterOnRoll, withVotes: boolean): string[] => [
  row.last_name,
  row.first_name,
  row.email,
  row.promotion,
  row.building ?? '',
  row.language,
  ...(withVotes ? [row.signed_on ?? ''] : []),
];
