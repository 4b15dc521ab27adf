// Candidates' pictures under the hash of their bytes: kept for a year by browsers and proxies. They are WebP of our own
// making, sent as nothing else (nosniff stands in every answer), under a policy that lets nothing run.

import { Hono } from 'hono';
import { readLogo } from '../../domain/logos.ts';
import type { Deps, Env } from '../deps.ts';
import { refuse } from '../errors.ts';

export function logoRoutes(deps: Deps): Hono<Env> {
  return new Hono<Env>().get('/logos/:logo{[0-9a-f]{64}\\.webp}', async (c) => {
    const image = await readLogo(deps.db.reader, c.req.param('logo').slice(0, 64));
    if (!image) return refuse(deps, c, 'not-found');
    c.header('Content-Type', 'image/webp');
    c.header('Content-Disposition', 'inline; filename="logo.webp"');
    c.header('Cache-Control', 'public, max-age=31536000, immutable');
    return c.body(new Uint8Array(image));
  });
}
