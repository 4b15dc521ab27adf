// Choosing voters by organisational unit: the unit, its people page by page, then the dry run of the import. What was chosen
// travels in the form from page to page, so that nothing is lost when Google does not answer.

import { Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import {
  type Chosen,
  chosenAsCsv,
  chosenText,
  type DirectoryChoice,
  judgePeople,
  mostChosen,
  readChosen,
} from '../../domain/directory-choices.ts';
import type { DirectoryAnswer } from '../../domain/directory-people.ts';
import { countDirectorySearch } from '../../domain/directory-searches.ts';
import type { Technician } from '../../domain/scopes.ts';
import { directoryUnitsPage, type DirectoryUnitsView } from '../../views/directory-units.ts';
import type { Deps, Env, Request } from '../deps.ts';
import { refuse, sentences } from '../errors.ts';
import { pageOf } from '../page.ts';
import { type Reason, statuses } from '../reasons.ts';
import { requireTechnician } from '../scopes.ts';
import { type Entered, enterElection } from './election-routes.ts';
import { beginDryRun } from './voter-imports.ts';
import { voterChoices } from './voters.ts';

const path = '/console/elections/:id/voters/units';

export function directoryUnits(deps: Deps): Hono<Env> {
  return new Hono<Env>().get(path, (c) => show(deps, c)).post(path, (c) => send(deps, c));
}

type EnteredDraft = Entered<Technician> | { readonly ok: false; readonly refusal: Response | Promise<Response> };

async function enterDraft(deps: Deps, c: Request): Promise<EnteredDraft> {
  const entered = await enterElection(deps, c, requireTechnician(deps, c));
  if (!entered.ok) return entered;
  const { armed_at, rehearsal_of } = entered.election;
  const reason = armed_at !== null ? 'election-armed' : rehearsal_of !== null ? 'test-voters' : undefined;
  return reason === undefined ? entered : { ok: false, refusal: refuse(deps, c, reason) };
}

type More = Partial<Omit<DirectoryUnitsView, 'election'>>;

function answer(deps: Deps, c: Request, { head }: Entered<Technician>, more: More, status: ContentfulStatusCode = 200) {
  return c.html(directoryUnitsPage(pageOf(deps, c), { election: head, problems: {}, ...more }), status);
}

interface Failure {
  readonly reason: Reason;
  readonly said: string;
}

function troubleOf(deps: Deps, c: Request, { reason, said }: Failure) {
  const { title, detail: text } = sentences(deps, c, reason);
  return { title, text, said };
}

type Listed<T> = { readonly ok: true; readonly value: T } | ({ readonly ok: false } & Failure);
/** Counted like a search. */
async function ask<T>(deps: Deps, actor: Technician, asking: () => Promise<DirectoryAnswer<T>>): Promise<Listed<T>> {
  const counted = await countDirectorySearch(deps.db, deps.vault, actor);
  if (!counted.ok) return { ok: false, reason: 'directory-paused', said: '' };
  const found = await asking();
  return found.ok ? found : { ok: false, reason: `directory-${found.cause}`, said: found.said };
}

async function show(deps: Deps, c: Request): Promise<Response> {
  const entered = await enterDraft(deps, c);
  if (!entered.ok) return entered.refusal;
  const unit = c.req.query('unit')?.slice(0, 1000) ?? '';
  if (unit !== '') return showPage(deps, c, entered, { unit, at: '', picks: [], isFresh: true });
  const { connection } = await deps.directory.read();
  const missing = connection === undefined ? 'not-connected' : connection.hasUnits ? undefined : 'scope-missing';
  if (missing !== undefined) {
    const { title, detail: text } = sentences(deps, c, `directory-${missing}`);
    return answer(deps, c, entered, { why: { title, text } });
  }
  const units = await ask(deps, entered.scope, () => deps.directory.listUnits());
  if (units.ok) return answer(deps, c, entered, { units: units.value });
  return answer(deps, c, entered, { trouble: troubleOf(deps, c, units) }, statuses[units.reason]);
}

interface Shown {
  readonly unit: string;
  /** Of the page to show; empty for the first. */
  readonly at: string;
  readonly picks: readonly Chosen[];
  /** Not seen before: whoever may be added is ticked. */
  readonly isFresh: boolean;
  readonly promotion?: string;
  readonly building?: string;
  readonly failure?: Failure;
  /** Nobody was chosen. */
  readonly isEmpty?: boolean;
}

async function showPage(deps: Deps, c: Request, entered: Entered<Technician>, shown: Shown): Promise<Response> {
  const { unit, at, picks, isFresh, promotion = '', building = '', failure, isEmpty } = shown;
  const { election, scope } = entered;
  const listed = await ask(deps, scope, () => deps.directory.listMembers(unit, at || undefined));
  const found = listed.ok ? await judgePeople(deps.db.reader, election.id, listed.value.people, c.get('settings')) : [];
  const here = new Set(found.map(({ email }) => email));
  const chosen = new Set(picks.map(({ email }) => email));
  const isTicked = ({ email, hurdle }: DirectoryChoice) => chosen.has(email) || (isFresh && hurdle === undefined);
  const wrong = failure ?? (listed.ok ? undefined : listed);
  const listing = {
    unit,
    at,
    next: listed.ok ? listed.value.next : undefined,
    people: found.map((person) => ({ ...person, ...boxOf(person, unit), ticked: isTicked(person) })),
    isMissing: !listed.ok,
    kept: picks.filter(({ email }) => !here.has(email)).map(chosenText),
    promotion,
    building,
    choices: await voterChoices(deps, c, election.id),
  };
  const { t } = pageOf(deps, c);
  const view = {
    listing,
    problems: isEmpty ? { pick: t('units.nobody') } : {},
    trouble: wrong && troubleOf(deps, c, wrong),
  };
  return answer(deps, c, entered, view, wrong ? statuses[wrong.reason] : isEmpty ? 400 : 200);
}

const boxOf = (person: DirectoryChoice, unit: string) => ({
  about: person.about === unit ? '' : person.about,
  name: `${person.firstName} ${person.lastName}`.trim() || person.email,
  value: chosenText(person),
});

async function send(deps: Deps, c: Request): Promise<Response> {
  const entered = await enterDraft(deps, c);
  if (!entered.ok) return entered.refusal;
  const body: Readonly<Record<string, unknown>> = await c.req.parseBody({ all: true }).catch(() => ({}));
  const text = (name: string) => (typeof body[name] === 'string' ? body[name].slice(0, 2000) : '');
  const picks = readChosen([body['pick'] ?? []].flat().filter((value) => typeof value === 'string'));
  const [unit, next, go] = [text('unit'), text('next'), text('go')];
  if (!picks || picks.length > mostChosen || unit === '') return refuse(deps, c, 'malformed-request');
  const [promotion, building] = [text('promotion'), text('building')];
  const here = { unit, at: text('at'), picks, isFresh: false, promotion, building };
  if (go === 'next' && next !== '') return showPage(deps, c, entered, { ...here, at: next, isFresh: true });
  if (go === 'again') return showPage(deps, c, entered, { ...here, isFresh: true });
  const rest = await listRest(deps, c, entered, { unit, after: go === 'all' ? next : '' });
  if (!rest.ok) return showPage(deps, c, entered, { ...here, failure: rest });
  const all = [...picks, ...rest.value];
  if (all.length === 0) return showPage(deps, c, entered, { ...here, isEmpty: true });
  const list = new Blob([chosenAsCsv(all, { promotion, building })]);
  return beginDryRun(deps, c, entered, { bytes: list.stream(), source: 'directory' });
}

/** Everybody on the pages that follow who may be added. */
async function listRest(
  deps: Deps,
  c: Request,
  { election, scope }: Entered<Technician>,
  { unit, after }: { readonly unit: string; readonly after: string },
): Promise<Listed<readonly Chosen[]>> {
  const found: Chosen[] = [];
  let seen = 0;
  for (let page = after; page !== '';) {
    const listed = await ask(deps, scope, () => deps.directory.listMembers(unit, page));
    if (!listed.ok) return listed;
    seen += listed.value.people.length;
    if (seen > mostChosen) return { ok: false, reason: 'directory-unit-too-large', said: '' };
    const judged = await judgePeople(deps.db.reader, election.id, listed.value.people, c.get('settings'));
    found.push(...judged.filter(({ hurdle }) => hurdle === undefined));
    page = listed.value.next ?? '';
  }
  return { ok: true, value: found };
}
