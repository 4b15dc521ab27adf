// The public board of a verifiable election, to everybody at any time: the archive as it stands, and the strict proofs beside
// it. Also of an abandoned one: its ballots are public already.

import { Hono } from 'hono';
import { listBoardLines, readArchive, readHead, readReserveFile } from '../../domain/boards.ts';
import { readStrictFile } from '../../domain/openings.ts';
import { readElection } from '../../domain/elections.ts';
import { boardPage } from '../../views/board.ts';
import type { Deps, Env, Request } from '../deps.ts';
import { refuse } from '../errors.ts';
import { pageOf } from '../page.ts';
import { streamed } from '../streaming.ts';
import { turnedTo } from '../turning.ts';

export function boards(deps: Deps): Hono<Env> {
  return new Hono<Env>()
    .get('/elections/:id/archive.bel', async (c) => {
      const archive = await readArchive(deps.db.reader, c.req.param('id'));
      if (!archive.ok) return refuse(deps, c, archive.reason);
      c.header('Content-Type', 'application/x-tar');
      c.header('Content-Disposition', `attachment; filename="${archive.uuid}.bel"`);
      c.header('X-Board-Head', `${archive.head.height} ${archive.head.hash}`);
      return streamed(deps, c, archive.chunks);
    })
    .get('/elections/:id/reserve.json', async (c) => {
      const reserve = await readReserveFile(deps.db.reader, c.req.param('id'));
      if (reserve === undefined) return refuse(deps, c, 'not-found');
      c.header('Content-Type', 'application/json; charset=utf-8');
      c.header('Content-Disposition', 'attachment; filename="reserve.json"');
      return c.body(reserve);
    })
    .get('/elections/:id/board', (c) => showEvents(deps, c))
    .get('/elections/:id/strict.json', async (c) => {
      const strict = await readStrictFile(deps.db.reader, c.req.param('id'));
      if (strict === undefined) return refuse(deps, c, 'not-found');
      c.header('Content-Type', 'application/json; charset=utf-8');
      c.header('Content-Disposition', 'attachment; filename="strict.json"');
      return c.body(strict);
    });
}

const perPage = 100;

async function showEvents(deps: Deps, c: Request) {
  const id = c.req.param('id') ?? '';
  const [election, head] = [await readElection(deps.db.reader, id), await readHead(deps.db.reader, id)];
  if (!election || !head) return refuse(deps, c, 'unknown-election');
  const { pageNumber, pageCount, ...range } = turnedTo(c, head.height + 1, perPage);
  const events = await listBoardLines(deps.db.reader, id, range);
  const pager = { path: `/elections/${id}/board`, pageNumber, pageCount };
  return c.html(boardPage(pageOf(deps, c), { election: { id, name: election.name }, events, pager }));
}
