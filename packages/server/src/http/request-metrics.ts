// What the metrics are told of a request: its pattern and how long it took; of a cast only how long.

import type { MiddlewareHandler } from 'hono';
import type { Audience, Metrics } from '../metrics/metrics.ts';
import type { Env } from './deps.ts';
import { castRoute, routeOf } from './request-log.ts';

/** Whoever runs the election, and programs that ask how the server does. All others may be voters on their way. */
const watched = /^\/(?:console|login|logout|reauthenticate|choose-password|setup|livez|readyz|metrics)(?:\/|$)/;

const audienceOf = (route: string): Audience => {
  if (route === castRoute) return 'cast';
  return watched.test(route) ? 'console' : 'public';
};

export function requestMetrics(metrics: Metrics | undefined): MiddlewareHandler<Env> {
  if (!metrics) return (_c, next) => next();
  return async (c, next) => {
    const start = performance.now();
    await next();
    const [route, seconds] = [routeOf(c), (performance.now() - start) / 1000];
    metrics.seeRequest({ audience: audienceOf(route), method: c.req.method, route, status: c.res.status, seconds });
  };
}
