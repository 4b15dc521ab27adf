// The minutes in the console: the page that prints, and the files, for observers from the sealing of the box on.

import { Hono } from 'hono';
import type { Printer } from '../../minutes/printer.ts';
import { minutesPage } from '../../views/minutes.ts';
import type { Deps, Env, Request } from '../deps.ts';
import { refuse } from '../errors.ts';
import { documentIn, minutesFile, type MinutesFile, minutesFiles, minutesOf } from '../minutes-files.ts';
import { pageOf } from '../page.ts';
import { requireObserver } from '../scopes.ts';
import { enterElection } from './election-routes.ts';

const path = '/console/elections/:id/minutes';

export function minutes(deps: Deps, print: Printer): Hono<Env> {
  const routes = new Hono<Env>().get(path, (c) => show(deps, c));
  for (const kind of minutesFiles) routes.get(`${path}.${kind}`, (c) => download(deps, c, { kind, print }));
  return routes;
}

async function enter(deps: Deps, c: Request) {
  const entered = await enterElection(deps, c, requireObserver(deps, c));
  if (!entered.ok) return entered;
  const read = await minutesOf(deps, c, entered.election.id);
  if (!read.ok) return { ok: false, refusal: refuse(deps, c, read.reason) } as const;
  return { ok: true, head: entered.head, minutes: read.minutes } as const;
}

async function show(deps: Deps, c: Request): Promise<Response> {
  const entered = await enter(deps, c);
  if (!entered.ok) return entered.refusal;
  const page = pageOf(deps, c);
  return c.html(minutesPage(page, { election: entered.head, document: documentIn(page.locale, entered.minutes) }));
}

async function download(
  deps: Deps,
  c: Request,
  { kind, print }: { kind: MinutesFile; print: Printer },
): Promise<Response> {
  const entered = await enter(deps, c);
  return entered.ok ? minutesFile(c, { kind, minutes: entered.minutes, print }) : entered.refusal;
}
