// For an operator's Prometheus, with the token of METRICS_TOKEN; without that setting there is no such page. Nobody counts
// wrong tokens: one has 32 characters or more, and a pause would be a way to blind whoever watches.

import { createHash, timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';
import type { Deps, Env } from '../deps.ts';

export function metricsRoutes({ metrics, config }: Deps): Hono<Env> {
  const { metricsToken } = config;
  if (!metrics || metricsToken === undefined) return new Hono<Env>();
  const expected = digestOf(`Bearer ${metricsToken}`);
  return new Hono<Env>().get('/metrics', async (c) => {
    const given = c.req.header('authorization') ?? '';
    if (!timingSafeEqual(digestOf(given.replace(/^bearer /i, 'Bearer ')), expected)) {
      c.header('WWW-Authenticate', 'Bearer realm="metrics"');
      return c.text('A token is needed: Authorization: Bearer METRICS_TOKEN\n', 401);
    }
    return c.body(await metrics.text(), 200, { 'Content-Type': metrics.contentType });
  });
}

/** Of one length, whatever was sent. */
const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();
