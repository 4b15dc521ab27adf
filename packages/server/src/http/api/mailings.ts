// GET /api/elections/:id/mailings/:mailing: how far a mailing is, for the page that watches it.

import { Hono } from 'hono';
import { mailingOf } from '../../domain/mailings.ts';
import { mailingState, remainingOf } from '../admin/mails.ts';
import { enterElection } from '../admin/election-routes.ts';
import type { Deps, Env } from '../deps.ts';
import { refuse } from '../errors.ts';
import { pageOf } from '../page.ts';
import { requireObserver } from '../scopes.ts';

export function mailingsApi(deps: Deps): Hono<Env> {
  return new Hono<Env>().get('/api/elections/:id/mailings/:mailing', async (c) => {
    const entered = await enterElection(deps, c, requireObserver(deps, c));
    if (!entered.ok) return entered.refusal;
    const found = await mailingOf(deps.db.reader, entered.election.id, c.req.param('mailing'));
    if (!found) return refuse(deps, c, 'unknown-mailing');
    const mailing = await mailingState(deps, found);
    const { t, formatNumber } = pageOf(deps, c);
    const { queued = 0, sending = 0, deferred = 0 } = mailing.counts;
    const done = mailing.total - queued - sending - deferred;
    const texts = {
      progress: t('mailing.progress', { done, total: mailing.total }),
      remaining: (await remainingOf(deps, c, mailing)) ?? '',
      ...Object.fromEntries(Object.entries(mailing.counts).map(([status, n]) => [status, formatNumber(n)])),
    };
    return c.json({ state: mailing.state, why: mailing.why, done, total: mailing.total, texts });
  });
}
