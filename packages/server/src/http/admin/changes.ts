// What may still happen to an election after arming: a later end, back to a draft, given up. One page for each act, and
// the list of what was changed and why.

import { Hono } from 'hono';
import type { z } from 'zod';
import { readConfirmedEnd } from '../../domain/approvals.ts';
import { listChanges } from '../../domain/changes.ts';
import type { Election } from '../../domain/elections.ts';
import type { ConfirmedAdmin } from '../../domain/scopes.ts';
import { parseWallClock, wallClock } from '../../domain/wall-clock.ts';
import {
  abandonElection,
  type Changed,
  disarmElection,
  extendElection,
  extensionSchema,
  namedSchema,
  type WayBack,
  wayBackRefusal,
} from '../../domain/ways-back.ts';
import { changesPage, wayBackPage, type WayBackValues } from '../../views/changes.ts';
import type { Page, Problems } from '../../views/page.ts';
import { gate } from '../approval-gate.ts';
import { sentenceOf } from '../audit-view.ts';
import type { Deps, Env, Request } from '../deps.ts';
import { refuse, sentences } from '../errors.ts';
import { readForm } from '../forms.ts';
import { pageOf } from '../page.ts';
import { windowOf } from '../public/home.ts';
import { requireConfirmed, requireObserver } from '../scopes.ts';
import { doneOf, type Entered, enterElection, redirectDone } from './election-routes.ts';

const path = '/console/elections/:id/changes';
const ways = ['extend', 'disarm', 'abandon'] as const;
const dones = { extend: 'extended', disarm: 'disarmed', abandon: 'abandoned' } as const;

export function changes(deps: Deps): Hono<Env> {
  const routes = new Hono<Env>().get(path, (c) => showAll(deps, c));
  for (const way of ways)
    routes
      .get(`${path}/${way}`, async (c) => {
        const entered = await enterElection(deps, c, requireConfirmed(deps, c));
        return entered.ok ? show(deps, c, entered, way) : entered.refusal;
      })
      .post(`${path}/${way}`, async (c) => {
        const entered = await enterElection(deps, c, requireConfirmed(deps, c));
        return entered.ok ? act(deps, c, entered, way) : entered.refusal;
      });
  return routes;
}

async function showAll(deps: Deps, c: Request): Promise<Response> {
  const entered = await enterElection(deps, c, requireObserver(deps, c));
  if (!entered.ok) return entered.refusal;
  const { election, head } = entered;
  const page = pageOf(deps, c);
  const changed = await listChanges(deps.db.reader, election.id);
  const view = {
    election: head,
    zone: election.zone,
    ways: ways.map((way) => ({ way, why: whyNot(page, head.phase, way) })),
    changes: changed.map(({ action, ...change }) => ({ ...change, what: sentenceOf(page, action) })),
    done: doneOf(deps, c),
  };
  return c.html(changesPage(page, view));
}

function whyNot(page: Page, phase: Parameters<typeof wayBackRefusal>[1], way: WayBack): string | undefined {
  const reason = wayBackRefusal(way, phase);
  return reason && page.t(`reason.${reason}.title`);
}

interface Again {
  readonly values: WayBackValues;
  readonly problems: Problems;
}

async function show(
  deps: Deps,
  c: Request,
  { scope, election, head }: Entered<ConfirmedAdmin>,
  way: WayBack,
  again?: Again,
): Promise<Response> {
  const page = pageOf(deps, c);
  const end = (way === 'extend' && (await readConfirmedEnd(deps.db, scope, election.id))) || election.closes_at;
  const blank = { closesAt: wallClock(end, election.zone), name: '', reason: '' };
  const { values, problems } = again ?? { values: blank, problems: {} };
  const why = whyNot(page, head.phase, way);
  return c.html(
    wayBackPage(page, { election: head, window: windowOf(election), way, why, values, problems }),
    again ? 400 : 200,
  );
}

async function act(deps: Deps, c: Request, entered: Entered<ConfirmedAdmin>, way: WayBack): Promise<Response> {
  const values = await readForm(c, ['closesAt', 'name', 'reason']);
  const again = (problems: Problems) => show(deps, c, entered, way, { values, problems });
  const parsed = parse(entered.election, way, values);
  const page = pageOf(deps, c);
  if (!parsed.ok)
    return again(Object.fromEntries(parsed.fields.map((name) => [name, page.t(`changes.wrong-${name}`)])));
  const changed = await parsed.run(deps, entered);
  if (changed.ok) return redirectDone(deps, c, `/console/elections/${entered.election.id}/changes`, dones[way]);
  if (changed.reason === 'end-not-later') return again({ closesAt: sentences(deps, c, 'end-not-later').detail });
  if (changed.reason === 'other-name')
    return again({ name: page.t('changes.other-name', { name: entered.election.name }) });
  const missing =
    changed.reason === 'second-administrator-needed' ? await ungated(deps, c, entered, values) : undefined;
  return missing ?? refuse(deps, c, changed.reason);
}

/** What was typed goes on into the request to a second administrator. */
function ungated(deps: Deps, c: Request, entered: Entered<ConfirmedAdmin>, { closesAt, reason }: WayBackValues) {
  const end = parseWallClock(closesAt, entered.election.zone);
  return gate(deps, c, entered, { deed: 'extend', target: String(end) }, { closesAt, reason, problems: {} });
}

type Field = keyof WayBackValues;
type Parsed =
  | { readonly ok: false; readonly fields: readonly Field[] }
  | { readonly ok: true; readonly run: (deps: Deps, entered: Entered<ConfirmedAdmin>) => Promise<Changed> };

const fieldsOf = (error: z.ZodError): Field[] => error.issues.map((issue) => String(issue.path[0]) as Field);

function parse({ id, zone }: Election, way: WayBack, { closesAt, name, reason }: WayBackValues): Parsed {
  if (way === 'extend') {
    const parsed = extensionSchema.safeParse({ closesAt, reason });
    const end = parseWallClock(closesAt, zone);
    const fields: Field[] = [
      ...(end === undefined ? ['closesAt' as const] : []),
      ...(parsed.success ? [] : fieldsOf(parsed.error)),
    ];
    if (!parsed.success || end === undefined) return { ok: false, fields };
    const extension = { closesAt: end, reason: parsed.data.reason };
    return { ok: true, run: ({ db }, { scope }) => extendElection(db, scope, id, extension) };
  }
  const parsed = namedSchema.safeParse({ name, reason });
  if (!parsed.success) return { ok: false, fields: fieldsOf(parsed.error) };
  const change = way === 'disarm' ? disarmElection : abandonElection;
  return { ok: true, run: ({ db }, { scope }) => change(db, scope, id, parsed.data) };
}
