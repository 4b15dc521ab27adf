// The seed's short paths lead to the current election: the newest that is not over and no rehearsal, else the
// newest.

import { Hono } from 'hono';
import { listElections } from '../../domain/elections.ts';
import { type Phase, phaseOf } from '../../domain/lifecycle.ts';
import type { Deps, Env } from '../deps.ts';
import { hrefOf } from '../page.ts';
import { requireMember } from '../scopes.ts';

const steps = {
  '/register-candidate': '/candidates',
  '/register-voter': '/voters',
  '/import-voters': '/voters/import',
  '/arm': '/arm',
  '/deliberate': '/deliberate',
} as const;

const isOver = (phase: Phase): boolean => ['published', 'archived', 'abandoned'].includes(phase);

export function shortPaths(deps: Deps): Hono<Env> {
  const routes = new Hono<Env>();
  for (const [path, step] of Object.entries(steps))
    routes.get(path, async (c) => {
      const scope = requireMember(deps, c);
      if (!scope.ok) return scope.refusal;
      const [elections, now] = [await listElections(deps.db.reader), await deps.db.now()];
      const real = elections.filter((election) => election.rehearsal_of === null);
      const current = real.find((election) => !isOver(phaseOf(election, now))) ?? real[0];
      return c.redirect(hrefOf(deps, c, current ? `/console/elections/${current.id}${step}` : '/console'), 303);
    });
  return routes;
}
