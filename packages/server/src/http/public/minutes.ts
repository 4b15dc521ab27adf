// Result and minutes as files for everyone: once the result is public, or once it is sure that there will be none.

import { Hono } from 'hono';
import { isPublicStatus } from '../../domain/minutes.ts';
import type { Printer } from '../../minutes/printer.ts';
import type { Deps, Env, Request } from '../deps.ts';
import { refuse } from '../errors.ts';
import { minutesFile, type MinutesFile, minutesOf } from '../minutes-files.ts';

export function publicMinutes(deps: Deps, print: Printer): Hono<Env> {
  const file = (kind: MinutesFile) => (c: Request) => download(deps, c, { kind, print });
  return new Hono<Env>()
    .get('/elections/:id/result.csv', file('csv'))
    .get('/elections/:id/result.json', file('json'))
    .get('/elections/:id/minutes.pdf', file('pdf'));
}

async function download(
  deps: Deps,
  c: Request,
  { kind, print }: { kind: MinutesFile; print: Printer },
): Promise<Response> {
  const read = await minutesOf(deps, c, c.req.param('id') ?? '');
  if (!read.ok) return refuse(deps, c, read.reason);
  if (!isPublicStatus(read.minutes.status)) return refuse(deps, c, 'result-not-public');
  return minutesFile(c, { kind, minutes: read.minutes, print });
}
