// The seed's short paths lead to the current election: the newest that is not over and no rehearsal, else the
// newest.

import { Hono } from 'hono';
import { currentElection } from '../../domain/elections.ts';
import type { Deps, Env } from '../deps.ts';
import { hrefOf } from '../page.ts';
import { requireMember, requireObserver } from '../scopes.ts';

const steps = {
  '/dashboard': '',
  '/register-candidate': '/candidates',
  '/register-voter': '/voters',
  '/import-voters': '/voters/import',
  '/arm': '/arm',
  '/deliberate': '/deliberate',
} as const;

export function shortPaths(deps: Deps): Hono<Env> {
  const routes = new Hono<Env>()
    .get('/buildings', (c) => {
      const scope = requireMember(deps, c);
      return scope.ok ? c.redirect(hrefOf(deps, c, '/console/buildings'), 303) : scope.refusal;
    })
    .get('/configure', (c) => {
      const scope = requireObserver(deps, c);
      return scope.ok ? c.redirect(hrefOf(deps, c, '/console/configure/general'), 303) : scope.refusal;
    });
  for (const [path, step] of Object.entries(steps))
    routes.get(path, async (c) => {
      const scope = requireMember(deps, c);
      if (!scope.ok) return scope.refusal;
      const current = await currentElection(deps.db.reader, await deps.db.now());
      return c.redirect(hrefOf(deps, c, current ? `/console/elections/${current.id}${step}` : '/console'), 303);
    });
  return routes;
}
