// Addresses that cannot be one of ours: no id, link or name holds U+0000, and PostgreSQL cannot even look for it.

import type { MiddlewareHandler } from 'hono';
import type { Deps, Env } from './deps.ts';
import { refuse } from './errors.ts';

export function plainPaths(deps: Deps): MiddlewareHandler<Env> {
  return (c, next) => (c.req.path.includes('%00') ? Promise.resolve(refuse(deps, c, 'not-found')) : next());
}
