// The receipts in the box of an election, for everyone, after the close.

import { Hono } from 'hono';
import { readReceipts } from '../../domain/records.ts';
import { receiptsPage } from '../../views/receipts.ts';
import type { Deps, Env } from '../deps.ts';
import { refuse } from '../errors.ts';
import { hrefOf, pageOf } from '../page.ts';

export function receiptPages(deps: Deps): Hono<Env> {
  return new Hono<Env>().get('/elections/:id/receipts', async (c) => {
    const [id, from] = [c.req.param('id'), startOf(c.req.query('from') ?? '')];
    const found = await readReceipts(deps.db, id, from);
    if (!found.ok && found.reason === 'other-sealing')
      return c.redirect(hrefOf(deps, c, `/elections/${id}/board`), 303);
    if (!found.ok) return refuse(deps, c, found.reason);
    const { election, receipts, next } = found;
    const view = { election: { id, name: election.name }, ballots: election.ballot_count ?? 0, from, receipts, next };
    return c.html(receiptsPage(pageOf(deps, c), view));
  });
}

/** The start of a receipt as people type it; letters that its alphabet lacks are taken for those they look like. */
const startOf = (typed: string): string =>
  typed
    .toUpperCase()
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
    .replaceAll(/[^0-9A-Z]/g, '')
    .slice(0, 32);
