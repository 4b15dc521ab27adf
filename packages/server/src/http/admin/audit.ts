// The audit log of the instance and of one election: read, filtered, taken away as a file, its chain checked.

import { Hono } from 'hono';
import { auditActions } from '../../domain/audit-log.ts';
import {
  type AuditFilter,
  auditFilterSchema,
  countAudit,
  listAuditActors,
  namesOf,
  readAuditPage,
} from '../../domain/audit-reading.ts';
import { listElections } from '../../domain/elections.ts';
import { chainOutcome, checkChain } from '../../domain/integrity.ts';
import type { Observer } from '../../domain/scopes.ts';
import { auditPage, type AuditFilterValues } from '../../views/audit.ts';
import type { ChainState } from '../../views/audit-chain.ts';
import type { Choice } from '../../views/form.ts';
import type { ElectionHead } from '../../views/layout-console.ts';
import type { Page } from '../../views/page.ts';
import { actorName, chainFault, entryView, sentenceOf } from '../audit-view.ts';
import type { Deps, Env, Request } from '../deps.ts';
import { pageOf } from '../page.ts';
import { problemsOf } from '../problems.ts';
import { type Refusal, requireObserver } from '../scopes.ts';
import { turnedTo } from '../turning.ts';
import { auditFile, type FileKind } from './audit-files.ts';
import { doneOf, enterElection, redirectDone } from './election-routes.ts';

const perPage = 50;

/** Whose log it is, who asks, and the zone that times are told in. */
interface Entered {
  readonly ok: true;
  readonly scope: Observer;
  readonly zone: string;
  readonly election?: ElectionHead;
}

export function audit(deps: Deps): Hono<Env> {
  const [whole, one] = ['/console/audit', '/console/elections/:id/log'] as const;
  const ofInstance = (c: Request) => enterInstance(deps, c);
  const ofElection = (c: Request) => enterLog(deps, c);
  return new Hono<Env>()
    .get(whole, async (c) => show(deps, c, ofInstance(c)))
    .get(one, async (c) => show(deps, c, await ofElection(c)))
    .get(`${whole}.csv`, async (c) => download(deps, c, ofInstance(c), 'csv'))
    .get(`${whole}.jsonl`, async (c) => download(deps, c, ofInstance(c), 'jsonl'))
    .get(`${one}.csv`, async (c) => download(deps, c, await ofElection(c), 'csv'))
    .get(`${one}.jsonl`, async (c) => download(deps, c, await ofElection(c), 'jsonl'))
    .post(`${whole}/check`, async (c) => check(deps, c, ofInstance(c)))
    .post(`${one}/check`, async (c) => check(deps, c, await ofElection(c)));
}

function enterInstance(deps: Deps, c: Request): Entered | Refusal {
  const asked = requireObserver(deps, c);
  return asked.ok ? { ok: true, scope: asked.scope, zone: c.get('organisation')?.zone ?? 'UTC' } : asked;
}

async function enterLog(deps: Deps, c: Request): Promise<Entered | Refusal> {
  const entered = await enterElection(deps, c, requireObserver(deps, c));
  return entered.ok ? { ok: true, scope: entered.scope, zone: entered.election.zone, election: entered.head } : entered;
}

const pathOf = ({ election }: Entered): string =>
  election === undefined ? '/console/audit' : `/console/elections/${election.id}/log`;

/** What the address asks for; an election's own log is never that of another. */
function filterOf(page: Page, c: Request, { zone, election }: Entered) {
  const value = (name: string) => (c.req.query(name) ?? '').replaceAll('\0', '').slice(0, 64); // no id is longer
  const names = ['actor', 'action', 'from', 'until'] as const;
  const typed = Object.fromEntries(names.map((name) => [name, value(name).trim()])) as Omit<
    AuditFilterValues,
    'election'
  >;
  const values: AuditFilterValues = { election: election === undefined ? value('election') : '', ...typed };
  const parsed = auditFilterSchema(zone).safeParse({ ...values, election: election?.id ?? values.election });
  const filter: AuditFilter = parsed.data ?? { electionId: election?.id };
  return { values, filter, problems: parsed.success ? {} : problemsOf(page, parsed.error, fields) };
}
const fields = { from: 'field.day', until: 'field.day' } as const;

async function show(deps: Deps, c: Request, entered: Entered | Refusal): Promise<Response> {
  if (!entered.ok) return entered.refusal;
  const { scope, zone, election } = entered;
  const page = pageOf(deps, c);
  const { values, filter, problems } = filterOf(page, c, entered);
  const db = deps.db.reader;
  const count = await countAudit(db, scope, filter);
  const { pageNumber, pageCount, ...range } = turnedTo(c, count, perPage);
  const { entries, names } = await readAuditPage(db, scope, filter, range);
  const view = {
    election,
    zone,
    now: await deps.db.now(),
    entries: entries.map((entry) => entryView(page, entry, names, zone)),
    count,
    pageNumber,
    pageCount,
    values,
    problems,
    elections: (await listElections(db)).map(({ id, name }) => ({ value: id, label: name })),
    actors: await actorChoices(deps, page),
    actions: actionChoices(page),
    chain: await chainState(deps, page, pathOf(entered)),
    done: doneOf(deps, c),
  };
  return c.html(auditPage(page, view), Object.keys(problems).length > 0 ? 400 : 200);
}

const byLabel = (page: Page, choices: readonly Choice[]): Choice[] =>
  choices.toSorted((a, b) => a.label.localeCompare(b.label, page.locale));

async function actorChoices(deps: Deps, page: Page): Promise<Choice[]> {
  const actors = await listAuditActors(deps.db.reader);
  const names = await namesOf(deps.db.reader, actors);
  return byLabel(
    page,
    actors.map((actor) => ({ value: actor, label: actorName(page, actor, names) })),
  );
}

const actionChoices = (page: Page): Choice[] =>
  byLabel(
    page,
    auditActions.map((action) => ({ value: action, label: sentenceOf(page, action) })),
  );

async function chainState(deps: Deps, page: Page, path: string): Promise<ChainState> {
  const outcome = await chainOutcome(deps.db.reader);
  const fault = chainFault(page, outcome?.fault ?? '');
  return { checkUrl: `${path}/check`, checkedAt: outcome?.checked_at ?? undefined, fault };
}

async function check(deps: Deps, c: Request, entered: Entered | Refusal): Promise<Response> {
  if (!entered.ok) return entered.refusal;
  await checkChain(deps.db, deps.inspect);
  return redirectDone(deps, c, pathOf(entered), 'checked');
}

async function download(deps: Deps, c: Request, entered: Entered | Refusal, kind: FileKind): Promise<Response> {
  if (!entered.ok) return entered.refusal;
  const page = pageOf(deps, c);
  const { filter, problems } = filterOf(page, c, entered);
  if (Object.keys(problems).length > 0) return show(deps, c, entered);
  return auditFile(deps, c, { kind, filter, ...entered });
}
