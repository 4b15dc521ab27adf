// Every page about a rehearsal wears its mark, the refusals of files and forms too: nobody may take it for the real thing.
// Pages of the console, of links and of the checker know their election otherwise, and call `markRehearsal` themselves.

import type { MiddlewareHandler } from 'hono';
import { isRehearsal } from '../domain/rehearsals.ts';
import type { Deps, Env } from './deps.ts';

/** For the public addresses of one election. */
export const rehearsalMark =
  (deps: Deps): MiddlewareHandler<Env> =>
  async (c, next) => {
    c.set('isRehearsal', await isRehearsal(deps.db.reader, c.req.param('id') ?? ''));
    await next();
  };
