// For supervisors and proxies: alive while the process runs, ready while it can record a vote.

import { Hono } from 'hono';
import type { Deps, Env } from '../deps.ts';

export function healthRoutes(deps: Deps): Hono<Env> {
  return new Hono<Env>()
    .get('/livez', (c) => c.text('ok\n'))
    .get('/readyz', async (c) => {
      if (!deps.isReady()) return c.text('stopping\n', 503);
      if (!deps.hasRoom()) return c.text('disk\n', 503);
      try {
        await deps.db.ping();
        return c.text('ok\n');
      } catch (error) {
        deps.log.error({ error: error instanceof Error ? error.message : 'unknown' }, 'The database does not answer.');
        return c.text(deps.db.isFull() ? 'disk\n' : 'database\n', 503);
      }
    });
}
