// Candidates: the list with its form, one candidate's page, deletion.

import { Hono } from 'hono';
import {
  addCandidate,
  type CandidateChange,
  type CandidateDraft,
  candidateSchema,
  editCandidate,
  moveCandidate,
  removeCandidate,
  removeLogo,
  type WithLogo,
} from '../../domain/candidates.ts';
import { encodeLogo, type EncodedLogo } from '../../domain/logos.ts';
import { candidatePage, candidatesPage } from '../../views/candidates.ts';
import type { Problems } from '../../views/page.ts';
import type { Deps, Env, Request } from '../deps.ts';
import { refuse, sentences } from '../errors.ts';
import { readFile, readForm } from '../forms.ts';
import { pageOf } from '../page.ts';
import { problemsOf } from '../problems.ts';
import { requireMember, requireTechnician } from '../scopes.ts';
import { directionOf, doneOf, enterElection, redirectDone } from './election-routes.ts';

const list = '/console/elections/:id/candidates';
const listPath = (id: string) => `/console/elections/${id}/candidates`;
const keys = { name: 'field.candidate-name' } as const;

export function candidates(deps: Deps): Hono<Env> {
  return new Hono<Env>()
    .get(list, (c) => showList(deps, c))
    .post(list, async (c) => {
      const entered = await enterElection(deps, c, requireTechnician(deps, c));
      if (!entered.ok) return entered.refusal;
      const id = entered.election.id;
      const { contest: contestId } = await readForm(c, ['contest']);
      return handle(deps, c, {
        change: (draft) => addCandidate(deps.db, entered.scope, id, { ...draft, contestId }),
        again: (values, problems) => showList(deps, c, { values: { ...values, contest: contestId }, problems }),
        done: () => redirectDone(deps, c, listPath(id), 'added'),
      });
    })
    .get(`${list}/:candidate`, (c) => showOne(deps, c))
    .post(`${list}/:candidate`, async (c) => {
      const entered = await enterElection(deps, c, requireTechnician(deps, c));
      if (!entered.ok) return entered.refusal;
      const [id, candidate] = [entered.election.id, c.req.param('candidate')];
      return handle(deps, c, {
        change: (draft) => editCandidate(deps.db, entered.scope, id, candidate, draft),
        again: (values, problems) => showOne(deps, c, { values, problems }),
        done: () => redirectDone(deps, c, listPath(id), 'saved'),
      });
    })
    .post(`${list}/:candidate/move`, async (c) => {
      const entered = await enterElection(deps, c, requireTechnician(deps, c));
      if (!entered.ok) return entered.refusal;
      const [id, candidate, direction] = [entered.election.id, c.req.param('candidate'), await directionOf(c)];
      if (!direction) return refuse(deps, c, 'malformed-request');
      const moved = await moveCandidate(deps.db, entered.scope, id, candidate, direction);
      if (!moved.ok) return refuse(deps, c, moved.reason);
      return redirectDone(deps, c, listPath(id), 'moved', `row-${candidate}`);
    })
    .post(`${list}/:candidate/logo/delete`, async (c) => {
      const entered = await enterElection(deps, c, requireTechnician(deps, c));
      if (!entered.ok) return entered.refusal;
      const [id, candidate] = [entered.election.id, c.req.param('candidate')];
      const removed = await removeLogo(deps.db, entered.scope, id, candidate);
      if (!removed.ok) return refuse(deps, c, removed.reason);
      return redirectDone(deps, c, `${listPath(id)}/${candidate}`, 'saved');
    })
    .post(`${list}/:candidate/delete`, async (c) => {
      const entered = await enterElection(deps, c, requireTechnician(deps, c));
      if (!entered.ok) return entered.refusal;
      const id = entered.election.id;
      const removed = await removeCandidate(deps.db, entered.scope, id, c.req.param('candidate'));
      return removed.ok ? redirectDone(deps, c, listPath(id), 'deleted') : refuse(deps, c, removed.reason);
    });
}

interface Form<V> {
  readonly values: V;
  readonly problems: Problems;
}

interface Handling {
  readonly change: (draft: WithLogo<CandidateDraft>) => Promise<CandidateChange>;
  readonly again: (values: CandidateDraft, problems: Problems) => Promise<Response>;
  readonly done: () => Response;
}

async function handle(deps: Deps, c: Request, { change, again, done }: Handling): Promise<Response> {
  const values = await readForm(c, ['name', 'text']);
  const parsed = candidateSchema.safeParse(values);
  const uploaded = await readLogo(c);
  const wrong = uploaded && !uploaded.ok ? { logo: sentences(deps, c, uploaded.reason).detail } : {};
  if (!parsed.success) return again(values, { ...problemsOf(pageOf(deps, c), parsed.error, keys), ...wrong });
  if (uploaded && !uploaded.ok) return again(values, wrong);
  const changed = await change({ ...parsed.data, logo: uploaded?.logo });
  if (changed.ok) return done();
  if (changed.reason !== 'same-name') return refuse(deps, c, changed.reason);
  return again(values, { name: sentences(deps, c, changed.reason).detail });
}

/** Undefined where no picture was chosen. */
async function readLogo(c: Request): Promise<EncodedLogo | undefined> {
  const file = await readFile(c, 'logo');
  return file && encodeLogo(new Uint8Array(await file.arrayBuffer()));
}

async function showList(
  deps: Deps,
  c: Request,
  form?: Form<CandidateDraft & { readonly contest: string }>,
): Promise<Response> {
  const entered = await enterElection(deps, c, requireMember(deps, c));
  if (!entered.ok) return entered.refusal;
  const contests = entered.election.contests.map(({ id, title, candidate_order: order, candidates }) => ({
    id,
    title,
    order,
    candidates,
  }));
  const blank = { name: '', text: '', contest: c.req.query('contest') ?? '' };
  const { values, problems } = form ?? { values: blank, problems: {} };
  const view = { election: entered.head, contests, values, problems, done: doneOf(deps, c) };
  return c.html(candidatesPage(pageOf(deps, c), view), form ? 400 : 200);
}

async function showOne(deps: Deps, c: Request, form?: Form<CandidateDraft>): Promise<Response> {
  const entered = await enterElection(deps, c, requireTechnician(deps, c));
  if (!entered.ok) return entered.refusal;
  const found = entered.election.contests
    .flatMap((contest) => contest.candidates)
    .find((candidate) => candidate.id === c.req.param('candidate'));
  if (!found) return refuse(deps, c, 'unknown-candidate');
  const { values, problems } = form ?? { values: { name: found.name, text: found.text }, problems: {} };
  return c.html(
    candidatePage(pageOf(deps, c), {
      election: entered.head,
      id: found.id,
      logo: found.logo,
      values,
      problems,
      done: doneOf(deps, c),
    }),
    form ? 400 : 200,
  );
}
