// The public board of a verifiable election, to everybody at any time: the archive as it stands, and the strict proofs beside
// it. Also of an abandoned one: its ballots are public already.

import { Hono } from 'hono';
import { stream } from 'hono/streaming';
import { readArchive } from '../../domain/boards.ts';
import { readStrictFile } from '../../domain/openings.ts';
import type { Deps, Env } from '../deps.ts';
import { refuse } from '../errors.ts';

export function boards(deps: Deps): Hono<Env> {
  return new Hono<Env>()
    .get('/elections/:id/archive.bel', async (c) => {
      const archive = await readArchive(deps.db.reader, c.req.param('id'));
      if (!archive.ok) return refuse(deps, c, archive.reason);
      c.header('Content-Type', 'application/x-tar');
      c.header('Content-Disposition', `attachment; filename="${archive.uuid}.bel"`);
      c.header('X-Board-Head', `${archive.head.height} ${archive.head.hash}`);
      return stream(c, async (out) => {
        for await (const chunk of archive.chunks) await out.write(chunk);
      });
    })
    .get('/elections/:id/strict.json', async (c) => {
      const strict = await readStrictFile(deps.db.reader, c.req.param('id'));
      if (strict === undefined) return refuse(deps, c, 'not-found');
      c.header('Content-Type', 'application/json; charset=utf-8');
      c.header('Content-Disposition', 'attachment; filename="strict.json"');
      return c.body(strict);
    });
}
