// One line a request: its id, method, the route's pattern (never its path), status, time. Casts have no line of their own: they
// are counted per minute, so that no line stands beside a ballot.

import { randomUUID } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { Log } from '../log.ts';
import type { Env, Request } from './deps.ts';

const minuteMs = 60_000;

export interface CastCounts {
  readonly count: (status: number) => void;
  /** Writes what was counted since the last time; nothing when there was nothing. */
  readonly flush: () => void;
}

export function countCasts(log: Log): CastCounts {
  let counts = { recorded: 0, refused: 0, failed: 0 };
  return {
    count: (status) => {
      if (status < 400) counts.recorded++;
      else if (status < 500) counts.refused++;
      else counts.failed++;
    },
    flush: () => {
      if (counts.recorded + counts.refused + counts.failed > 0) log.info(counts, 'casts');
      counts = { recorded: 0, refused: 0, failed: 0 };
    },
  };
}

export const castRoute = '/api/vote/:link';

/** The pattern of the route itself, wherever the middleware around it was registered. */
export const routeOf = (c: Request): string =>
  matchedRoutes(c).findLast(({ method }) => method !== 'ALL')?.path ?? 'none';

export function requestLog(log: Log, casts: CastCounts): MiddlewareHandler<Env> {
  setInterval(() => casts.flush(), minuteMs).unref();
  return async (c, next) => {
    const start = performance.now();
    const id = randomUUID().slice(-12); // 48 random bits, of which Node keeps some ready
    c.set('requestId', id);
    c.header('X-Request-Id', id);
    await next();
    const route = routeOf(c);
    if (route === castRoute) return casts.count(c.res.status);
    const ms = Math.round(performance.now() - start);
    log.info({ id, method: c.req.method, route, status: c.res.status, ms }, 'request');
  };
}
