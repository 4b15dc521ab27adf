// POST /api/elections/:id/arm: the public key, once its holder has proven possession in the page.

import { Hono } from 'hono';
import { armElection, armingSchema } from '../../domain/arming.ts';
import { isSecureBase } from '../../domain/settings.ts';
import { baseUrlOf } from '../base-url.ts';
import type { Deps, Env } from '../deps.ts';
import { refuse } from '../errors.ts';
import { readJson } from '../json.ts';
import { requireConfirmed } from '../scopes.ts';

export function armingApi(deps: Deps): Hono<Env> {
  return new Hono<Env>().post('/api/elections/:id/arm', async (c) => {
    const scope = requireConfirmed(deps, c);
    if (!scope.ok) return scope.refusal;
    const body = await readJson(c, armingSchema);
    if (!body) return refuse(deps, c, 'malformed-request');
    const secure = isSecureBase(baseUrlOf(deps, c));
    const armed = await armElection(deps.db, scope.scope, c.req.param('id'), { ...body, secure });
    return armed.ok ? c.json({ status: 'armed' }) : refuse(deps, c, armed.reason);
  });
}
