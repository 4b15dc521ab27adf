// The end of an election's life: archived, and its voters' data deleted once the retention time has passed.

import { Hono } from 'hono';
import { archiveElection, purgeDue, purgeElection } from '../../domain/archives.ts';
import type { Election } from '../../domain/elections.ts';
import { archivePage, type ArchiveState } from '../../views/archive.ts';
import type { Deps, Env, Request } from '../deps.ts';
import { refuse } from '../errors.ts';
import { pageOf } from '../page.ts';
import { requireAdmin, requireConfirmed, requireObserver } from '../scopes.ts';
import { doneOf, enterElection, redirectDone } from './election-routes.ts';

const path = '/console/elections/:id/archive';

export function archives(deps: Deps): Hono<Env> {
  return new Hono<Env>()
    .get(path, async (c) => {
      const entered = await enterElection(deps, c, requireObserver(deps, c));
      if (!entered.ok) return entered.refusal;
      const { election, head, now } = entered;
      const days = retentionDays(c);
      const state = stateOf(election, now, purgeDue(election, days));
      const view = { election: head, zone: election.zone, days, state, done: doneOf(deps, c) };
      return c.html(archivePage(pageOf(deps, c), view));
    })
    .post(path, async (c) => {
      const entered = await enterElection(deps, c, requireAdmin(deps, c));
      if (!entered.ok) return entered.refusal;
      const id = entered.election.id;
      const archived = await archiveElection(deps.db, entered.scope, id);
      if (!archived.ok) return refuse(deps, c, archived.reason);
      return redirectDone(deps, c, `/console/elections/${id}/archive`, 'archived');
    })
    .post('/console/elections/:id/purge', async (c) => {
      const back = `/console/elections/${c.req.param('id')}/archive`;
      const entered = await enterElection(deps, c, requireConfirmed(deps, c, back));
      if (!entered.ok) return entered.refusal;
      const id = entered.election.id;
      const purged = await purgeElection(deps.db, entered.scope, id, retentionDays(c));
      if (!purged.ok) return refuse(deps, c, purged.reason);
      return redirectDone(deps, c, `/console/elections/${id}/archive`, 'purged');
    });
}

/** Never less than what set-up offers, should the setting be missing. */
const retentionDays = (c: Request): number => c.get('organisation')?.retentionDays ?? 365;

function stateOf(election: Election, now: number, due: number): ArchiveState {
  if (election.rehearsal_of !== null) return { kind: 'rehearsal' };
  if (election.purged_at !== null) return { kind: 'purged', at: election.purged_at };
  if (election.archived_at !== null) return { kind: 'archived', at: election.archived_at, due, isDue: now >= due };
  if (election.published_at === null && election.abandoned_at === null) return { kind: 'not-over' };
  return { kind: 'over', due };
}
