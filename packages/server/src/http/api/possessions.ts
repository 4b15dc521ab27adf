// POST /api/elections/:id/possession: the holder of the key has proven once more, in their browser, to hold it.

import { Hono } from 'hono';
import { possessionSchema, recordPossession } from '../../domain/possessions.ts';
import type { Deps, Env } from '../deps.ts';
import { refuse } from '../errors.ts';
import { readJson } from '../json.ts';
import { requireConfirmed } from '../scopes.ts';

export function possessionsApi(deps: Deps): Hono<Env> {
  return new Hono<Env>().post('/api/elections/:id/possession', async (c) => {
    const scope = requireConfirmed(deps, c);
    if (!scope.ok) return scope.refusal;
    const body = await readJson(c, possessionSchema);
    if (!body) return refuse(deps, c, 'malformed-request');
    const recorded = await recordPossession(deps.db, scope.scope, c.req.param('id'), body);
    return recorded.ok ? c.json({ status: 'proven' }) : refuse(deps, c, recorded.reason);
  });
}
