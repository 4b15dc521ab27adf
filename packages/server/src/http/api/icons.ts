// Icons for the picker while somebody types.

import { Hono } from 'hono';
import type { Deps, Env } from '../deps.ts';
import { findIcons } from '../icons.ts';
import { pageOf } from '../page.ts';
import { requireTechnician } from '../scopes.ts';

export function iconApi(deps: Deps): Hono<Env> {
  return new Hono<Env>().get('/api/icons', (c) => {
    const scope = requireTechnician(deps, c);
    if (!scope.ok) return scope.refusal;
    const asked = { search: c.req.query('search') ?? '', icon: c.req.query('icon') ?? '' };
    return c.json(findIcons(pageOf(deps, c), [...deps.assets.icons.keys()], asked));
  });
}
