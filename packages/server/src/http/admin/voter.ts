// One voter: their page, and what may be done for them.

import { Hono } from 'hono';
import { renderSVG } from 'uqr';
import type { Election } from '../../domain/elections.ts';
import type { Correction } from '../../domain/address-corrections.ts';
import { editVoter, reasonSchema, removeVoter } from '../../domain/roll-changes.ts';
import { withCredentials } from '../../domain/credentials.ts';
import { voteAddress } from '../../domain/links.ts';
import { readRegistrar } from '../../domain/registrars.ts';
import { replaceCode, replaceCredential, replaceLink, showAccess } from '../../domain/voter-access.ts';
import { readTimeline } from '../../domain/voter-timeline.ts';
import type { Problems } from '../../views/page.ts';
import type { VoterRow } from '../../views/voters.ts';
import { voterPage } from '../../views/voter.ts';
import { type AccessDeed, accessDeedPage, accessPage } from '../../views/voter-access.ts';
import { rollSearch } from '../../views/roll-query.ts';
import { baseUrlOf } from '../base-url.ts';
import type { Deps, Env, Request } from '../deps.ts';
import { refuse } from '../errors.ts';
import { readForm } from '../forms.ts';
import { pageOf } from '../page.ts';
import { windowOf } from '../public/home.ts';
import { requireConfirmedTechnician, requireMember, requireTechnician } from '../scopes.ts';
import { type Done, doneOf, redirectDone } from './election-routes.ts';
import { conditionsOf } from './mails.ts';
import { rollQueryOf } from './roll-query.ts';
import { mailsOfVoter } from './voter-mails.ts';
import { enterVoter } from './voter-routes.ts';
import { fieldProblems, isAboutForm, pathOf, readVoter, voterChoices, type VoterForm } from './voters.ts';

const one = '/console/elections/:id/voters/:voter';

export function voter(deps: Deps): Hono<Env> {
  const routes = new Hono<Env>()
    .get(one, (c) => showOne(deps, c))
    .post(one, (c) => editOne(deps, c))
    .post(`${one}/delete`, (c) => removeOne(deps, c));
  for (const deed of ['link', 'code', 'access', 'credential'] as const)
    routes.get(`${one}/${deed}`, (c) => showDeed(deps, c, deed)).post(`${one}/${deed}`, (c) => doDeed(deps, c, deed));
  return routes;
}

const selfOf = (c: Request, election: Election, { id }: VoterRow): string =>
  `/console/elections/${election.id}/voters/${id}${rollSearch(rollQueryOf(c))}`;

async function showOne(deps: Deps, c: Request, form?: VoterForm): Promise<Response> {
  const entered = await enterVoter(deps, c, requireMember(deps, c));
  if (!entered.ok) return entered.refusal;
  const { election, head, now, found, row } = entered;
  const view = {
    election: head,
    zone: election.zone,
    voter: row,
    mails: await mailsOfVoter(deps, c, entered),
    timeline: await readTimeline(deps.db.reader, { zone: election.zone, now }, found),
    query: rollQueryOf(c),
    hasRegistrar: await hasRegistrar(deps, election),
    choices: await voterChoices(deps, c, election.id),
    values: form?.values ?? { ...row, reason: '' },
    problems: form?.problems ?? {},
    done: doneOf(deps, c),
  };
  return c.html(voterPage(pageOf(deps, c), view), form ? 400 : 200);
}

/** Whose codes are made, and in letters. */
const hasRegistrar = async ({ db }: Deps, { id }: Election): Promise<boolean> =>
  ((await readRegistrar(db.reader, id))?.state ?? 'registrar-unfinished') !== 'registrar-unfinished';

async function editOne(deps: Deps, c: Request): Promise<Response> {
  const entered = await enterVoter(deps, c, requireTechnician(deps, c));
  if (!entered.ok) return entered.refusal;
  const { election, head, scope, row } = entered;
  if (head.phase !== 'draft') {
    // The new address is sent a link: as with showing one, it takes the password.
    const confirmed = requireConfirmedTechnician(deps, c);
    if (!confirmed.ok) return confirmed.refusal;
  }
  const page = pageOf(deps, c);
  const read = await readVoter(page, c);
  if (!read.ok) return showOne(deps, c, read.form);
  const about = { electionId: election.id, voterId: row.id, reason: read.reason };
  const change = { ...about, rules: c.get('settings'), conditions: await conditionsOf(deps, c) };
  const edited = await editVoter(deps.db, deps.vault, scope, change, read.draft);
  if (edited.ok) {
    deps.postman.wake();
    return redirectDone(deps, c, selfOf(c, election, row), doneFor(edited.correction));
  }
  if (!isAboutForm(edited)) return refuse(deps, c, edited.reason);
  return showOne(deps, c, { values: read.values, problems: fieldProblems(page, edited) });
}

const doneFor = (correction: Correction | undefined): Done => {
  if (correction === undefined) return 'saved';
  if (correction.resent.length === 0) return 'address-link-replaced';
  return correction.linkReplaced ? 'address-resent' : 'mail-resent';
};

async function removeOne(deps: Deps, c: Request): Promise<Response> {
  const entered = await enterVoter(deps, c, requireTechnician(deps, c));
  if (!entered.ok) return entered.refusal;
  const { election, scope, row } = entered;
  const removed = await removeVoter(deps.db, scope, { electionId: election.id, voterId: row.id });
  if (!removed.ok) return refuse(deps, c, removed.reason);
  return redirectDone(deps, c, pathOf(election.id, rollQueryOf(c)), 'deleted');
}

/** Showing link and code takes the password; replacing them shows nothing. */
const scopeFor = (deps: Deps, c: Request, deed: AccessDeed) =>
  deed === 'access' ? requireConfirmedTechnician(deps, c, c.req.path) : requireTechnician(deps, c);

async function showDeed(
  deps: Deps,
  c: Request,
  deed: AccessDeed,
  form?: { reason: string; problems: Problems },
): Promise<Response> {
  const entered = await enterVoter(deps, c, scopeFor(deps, c, deed));
  if (!entered.ok) return entered.refusal;
  const { head, row } = entered;
  if (row.votedOn !== undefined) return refuse(deps, c, 'voter-has-voted');
  if (!['draft', 'armed', 'open'].includes(head.phase)) return refuse(deps, c, 'roll-closed');
  if (deed === 'credential' && !(await hasRegistrar(deps, entered.election))) return refuse(deps, c, 'no-registrar');
  const { reason = '', problems = {} } = form ?? {};
  const view = { election: head, voter: row, query: rollQueryOf(c), deed, reason, problems };
  return c.html(accessDeedPage(pageOf(deps, c), view), form ? 400 : 200);
}

async function doDeed(deps: Deps, c: Request, deed: AccessDeed): Promise<Response> {
  const { reason: typed } = await readForm(c, ['reason']);
  const read = reasonSchema.safeParse(typed);
  const again = (problem: 'field.reason' | 'field.reason-long') =>
    showDeed(deps, c, deed, { reason: typed, problems: { reason: pageOf(deps, c).t(problem) } });
  if (!read.success) return again('field.reason-long');
  const done = deed === 'access' ? await showOnce(deps, c, read.data) : await replace(deps, c, deed, read.data);
  return done === 'reason-missing' ? again('field.reason') : done;
}

const replacing = { link: replaceLink, code: replaceCode, credential: replaceCredential } as const;

async function replace(deps: Deps, c: Request, deed: keyof typeof replacing, reason: string) {
  const entered = await enterVoter(deps, c, requireTechnician(deps, c));
  if (!entered.ok) return entered.refusal;
  const { election, scope, row } = entered;
  const replaced = await replacing[deed](deps.db, deps.vault, scope, {
    electionId: election.id,
    voterId: row.id,
    reason,
  });
  if (replaced.ok) return redirectDone(deps, c, selfOf(c, election, row), `${deed}-replaced`);
  return replaced.reason === 'reason-missing' ? replaced.reason : refuse(deps, c, replaced.reason);
}

async function showOnce(deps: Deps, c: Request, reason: string) {
  const entered = await enterVoter(deps, c, requireConfirmedTechnician(deps, c, c.req.path));
  if (!entered.ok) return entered.refusal;
  const { election, scope, row, head } = entered;
  const shown = await showAccess(deps.db, deps.vault, scope, { electionId: election.id, voterId: row.id, reason });
  if (!shown.ok) return shown.reason === 'reason-missing' ? shown.reason : refuse(deps, c, shown.reason);
  const shownAccess = new Map([[row.id, shown.access]]);
  const accesses = await withCredentials(deps.db.reader, deps.credentialKeys, election, shownAccess);
  const { key, code, ...way } = accesses.get(row.id)!;
  const shortAddress = `${baseUrlOf(deps, c)}/vote`;
  const address = voteAddress(baseUrlOf(deps, c), way);
  const access = { link: address, shortAddress, personalKey: key, code, qrSvg: renderSVG(address, { border: 0 }) };
  const view = { election: head, voter: row, query: rollQueryOf(c), window: windowOf(election), ...access };
  return c.html(accessPage(pageOf(deps, c), view));
}
