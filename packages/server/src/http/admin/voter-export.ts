// The roll as a CSV file: streamed, with the header that the import reads, and the day of the vote once there is one.

import { Hono } from 'hono';
import { exportRoll } from '../../domain/voter-export.ts';
import type { VoterOnRoll } from '../../domain/voters.ts';
import { csvLine } from '../csv.ts';
import type { Deps, Env, Request } from '../deps.ts';
import { pageOf } from '../page.ts';
import { requireMember } from '../scopes.ts';
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
  // What spreadsheet programs expect where the decimal sign is a comma.
  const separator = pageOf(deps, c).locale === 'fr' ? ';' : ',';
  const rows = await exportRoll(deps.db, scope, election.id, filterOf(rollQueryOf(c), now));
  return c.body(streamOf(lines(rows, withVotes, separator)), 200, {
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': 'attachment; filename="voters.csv"',
  });
}

/** A slice is read when the one before was taken; who goes away ends the reading. */
function streamOf(texts: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const { done, value } = await texts.next();
      if (done === true) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel: async () => void (await texts.return(undefined)),
  });
}

async function* lines(
  rows: AsyncGenerator<readonly VoterOnRoll[]>,
  withVotes: boolean,
  separator: string,
): AsyncGenerator<string> {
  yield `\uFEFF${csvLine([...header, ...(withVotes ? ['voted_on'] : [])], separator)}`;
  for await (const slice of rows) yield slice.map((row) => csvLine(cellsOf(row, withVotes), separator)).join('');
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
