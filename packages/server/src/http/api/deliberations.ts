// The key holder's page: the sealed box as a stream, and the counts that come back.

import { Hono } from 'hono';
import { readBox } from '../../domain/boxes.ts';
import { deliberationSchema, recordDeliberation } from '../../domain/deliberations.ts';
import type { Deps, Env } from '../deps.ts';
import { refuse } from '../errors.ts';
import { readJson } from '../json.ts';
import { requireConfirmed } from '../scopes.ts';
import { streamed } from '../streaming.ts';

export function deliberationApi(deps: Deps): Hono<Env> {
  return new Hono<Env>()
    .get('/api/elections/:id/box', async (c) => {
      const scope = requireConfirmed(deps, c);
      if (!scope.ok) return scope.refusal;
      const box = await readBox(deps.db, scope.scope, c.req.param('id'));
      if (!box.ok) return refuse(deps, c, box.reason);
      c.header('Content-Type', 'text/plain; charset=utf-8');
      return streamed(deps, c, lines(box.ballots));
    })
    .post('/api/elections/:id/result', async (c) => {
      const scope = requireConfirmed(deps, c);
      if (!scope.ok) return scope.refusal;
      const body = await readJson(c, deliberationSchema);
      if (!body) return refuse(deps, c, 'malformed-request');
      const recorded = await recordDeliberation(deps.db, scope.scope, c.req.param('id'), body);
      return recorded.ok ? c.json({ status: 'deliberated' }) : refuse(deps, c, recorded.reason);
    });
}

async function* lines(slices: AsyncIterable<readonly string[]>): AsyncGenerator<string> {
  for await (const ballots of slices) yield `${ballots.join('\n')}\n`;
}
