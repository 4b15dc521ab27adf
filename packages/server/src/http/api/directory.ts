// People of the directory while somebody types their name.

import { Hono } from 'hono';
import type { Deps, Env, Request } from '../deps.ts';
import { refuse } from '../errors.ts';
import { askDirectory } from '../directory-search.ts';
import { pageOf } from '../page.ts';
import { requireTechnician } from '../scopes.ts';

export function directoryApi(deps: Deps): Hono<Env> {
  return new Hono<Env>().get('/api/directory/people', (c) => answer(deps, c));
}

async function answer(deps: Deps, c: Request): Promise<Response> {
  const scope = requireTechnician(deps, c);
  if (!scope.ok) return scope.refusal;
  const found = await askDirectory(deps, scope.scope, c.req.query('q') ?? '');
  if (!found.ok) return refuse(deps, c, found.reason, found);
  const { people, next } = found.value;
  const { t } = pageOf(deps, c);
  const more = next === undefined ? 'none' : 'more';
  return c.json({ people, summary: t('directory-search.found', { count: people.length, more }) });
}
