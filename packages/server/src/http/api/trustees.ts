// A trustee's program: where the key stands, the step that was made, the share of the result. Whoever has the link is the
// trustee; what they hand over is judged by its proofs.

import { Hono } from 'hono';
import { z } from 'zod';
import { takeShare } from '../../domain/openings.ts';
import { readSeat, stepSchema, takeStep } from '../../domain/trustee-steps.ts';
import type { Deps, Env } from '../deps.ts';
import { refuse } from '../errors.ts';
import { readJson } from '../json.ts';

const shareSchema = z.strictObject({ handedOver: z.string() });

export function trusteesApi(deps: Deps): Hono<Env> {
  const { db, vault } = deps;
  return new Hono<Env>()
    .get('/api/trustees/:link', async (c) => {
      const seat = await readSeat(db, vault, c.req.param('link'));
      return seat ? c.json(seat) : refuse(deps, c, 'unknown-trustee');
    })
    .post('/api/trustees/:link/step', async (c) => {
      const body = await readJson(c, stepSchema);
      if (!body) return refuse(deps, c, 'malformed-request');
      const taken = await takeStep(db, vault, c.req.param('link'), body);
      return taken.ok ? c.json({ status: 'taken', next: taken.next }) : refuse(deps, c, taken.reason);
    })
    .post('/api/trustees/:link/share', async (c) => {
      const body = await readJson(c, shareSchema);
      if (!body) return refuse(deps, c, 'malformed-request');
      const taken = await takeShare(db, deps, c.req.param('link'), body.handedOver);
      return taken.ok ? c.json({ status: 'taken', isOpened: taken.isOpened }) : refuse(deps, c, taken.reason);
    });
}
