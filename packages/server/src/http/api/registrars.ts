// A registrar's program: where things stand, the roll, and the public credentials part by part. Whoever has the link is the
// registrar.

import { Hono } from 'hono';
import {
  finishCredentials,
  finishSchema,
  type HandedIn,
  partSchema,
  readRegistrarSeat,
  readRollSlice,
  takePart,
} from '../../domain/registrar-steps.ts';
import type { Deps, Env, Request } from '../deps.ts';
import { refuse } from '../errors.ts';
import { readJson } from '../json.ts';

export function registrarsApi(deps: Deps): Hono<Env> {
  const { db, vault } = deps;
  return new Hono<Env>()
    .get('/api/registrars/:link', async (c) => {
      const seat = await readRegistrarSeat(db, vault, c.req.param('link'));
      return seat ? c.json(seat) : refuse(deps, c, 'unknown-registrar');
    })
    .get('/api/registrars/:link/roll', async (c) => {
      const after = (c.req.query('after') ?? '').replaceAll('\0', '').slice(0, 64);
      const slice = await readRollSlice(db, vault, c.req.param('link'), after);
      return slice.ok ? c.json({ voters: slice.voters }) : refuse(deps, c, slice.reason);
    })
    .post('/api/registrars/:link/part', async (c) => {
      const body = await readJson(c, partSchema);
      if (!body) return refuse(deps, c, 'malformed-request');
      return answer(deps, c, await takePart(db, deps, c.req.param('link'), body));
    })
    .post('/api/registrars/:link/finish', async (c) => {
      const body = await readJson(c, finishSchema);
      if (!body) return refuse(deps, c, 'malformed-request');
      return answer(deps, c, await finishCredentials(db, deps, c.req.param('link'), body));
    });
}

const answer = (deps: Deps, c: Request, handedIn: HandedIn): Response | Promise<Response> =>
  handedIn.ok ? c.json({ status: 'taken' }) : refuse(deps, c, handedIn.reason);
