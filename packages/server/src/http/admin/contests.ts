// The questions of an election and the rules of its count: the list, one question's page, moving, drawing, removing.

import { Hono } from 'hono';
import {
  addContest,
  type ContestChange,
  type ContestDraft,
  contestSchema,
  drawOrder,
  editContest,
  moveContest,
  removeContest,
  rulesSchema,
  setRules,
} from '../../domain/contests.ts';
import type { Election } from '../../domain/elections.ts';
import { contestPage, type ContestValues } from '../../views/contest.ts';
import { contestsPage, type RulesValues } from '../../views/contests.ts';
import type { Problems } from '../../views/page.ts';
import { contestRulesOf, rulesOf } from '../contest-rules.ts';
import type { Deps, Env, Request } from '../deps.ts';
import { refuse } from '../errors.ts';
import { readForm } from '../forms.ts';
import { pageOf } from '../page.ts';
import { problemsOf } from '../problems.ts';
import { requireAdmin, requireObserver } from '../scopes.ts';
import { directionOf, doneOf, enterElection, type Entered, redirectDone } from './election-routes.ts';

const list = '/console/elections/:id/contests';
const listPath = (id: string) => `/console/elections/${id}/contests`;
const keys = { title: 'field.contestTitle' } as const;
const newContest: ContestValues = {
  title: '',
  minChoices: '1',
  maxChoices: '1',
  blank: true,
  seats: '1',
  order: 'fixed',
};

interface Again<V> {
  readonly values: V;
  readonly problems: Problems;
}

export function contests(deps: Deps): Hono<Env> {
  return new Hono<Env>()
    .get(list, (c) => showList(deps, c))
    .get(`${list}/new`, (c) => showNew(deps, c))
    .post(`${list}/new`, (c) =>
      handleForm(deps, c, {
        change: ({ scope, election }, draft) => addContest(deps.db, scope, election.id, draft),
        again: (form) => showNew(deps, c, form),
        done: 'added',
      }),
    )
    .get(`${list}/:contest`, (c) => showOne(deps, c))
    .post(`${list}/:contest`, (c) =>
      handleForm(deps, c, {
        change: ({ scope, election }, draft) => editContest(deps.db, scope, election.id, c.req.param('contest'), draft),
        again: (form) => showOne(deps, c, form),
        done: 'saved',
      }),
    )
    .post(`${list}/:contest/move`, async (c) => {
      const entered = await enterElection(deps, c, requireAdmin(deps, c));
      if (!entered.ok) return entered.refusal;
      const [id, contest, direction] = [entered.election.id, c.req.param('contest'), await directionOf(c)];
      if (!direction) return refuse(deps, c, 'malformed-request');
      const moved = await moveContest(deps.db, entered.scope, id, contest, direction);
      if (!moved.ok) return refuse(deps, c, moved.reason);
      return redirectDone(deps, c, listPath(id), 'moved', `row-${contest}`);
    })
    .post(`${list}/:contest/draw`, async (c) => {
      const entered = await enterElection(deps, c, requireAdmin(deps, c));
      if (!entered.ok) return entered.refusal;
      const [id, contest] = [entered.election.id, c.req.param('contest')];
      const drawn = await drawOrder(deps.db, entered.scope, id, contest);
      return drawn.ok ? redirectDone(deps, c, `${listPath(id)}/${contest}`, 'drawn') : refuse(deps, c, drawn.reason);
    })
    .post(`${list}/:contest/delete`, async (c) => {
      const entered = await enterElection(deps, c, requireAdmin(deps, c));
      if (!entered.ok) return entered.refusal;
      const id = entered.election.id;
      const removed = await removeContest(deps.db, entered.scope, id, c.req.param('contest'));
      return removed.ok ? redirectDone(deps, c, listPath(id), 'deleted') : refuse(deps, c, removed.reason);
    })
    .post('/console/elections/:id/rules', (c) => saveRules(deps, c));
}

async function saveRules(deps: Deps, c: Request): Promise<Response> {
  const entered = await enterElection(deps, c, requireAdmin(deps, c));
  if (!entered.ok) return entered.refusal;
  const values = await readForm(c, ['tieRule', 'quorum', 'minimumBallots']);
  const parsed = rulesSchema.safeParse(values);
  if (!parsed.success) return showList(deps, c, { values, problems: problemsOf(pageOf(deps, c), parsed.error) });
  const id = entered.election.id;
  const saved = await setRules(deps.db, entered.scope, id, parsed.data);
  return saved.ok ? redirectDone(deps, c, listPath(id), 'saved') : refuse(deps, c, saved.reason);
}

interface Handling {
  readonly change: (entered: AdminEntered, draft: ContestDraft) => Promise<ContestChange>;
  readonly again: (form: Again<ContestValues>) => Promise<Response>;
  readonly done: 'added' | 'saved';
}

type AdminEntered = Entered<Extract<ReturnType<typeof requireAdmin>, { ok: true }>['scope']>;

async function handleForm(deps: Deps, c: Request, { change, again, done }: Handling): Promise<Response> {
  const entered = await enterElection(deps, c, requireAdmin(deps, c));
  if (!entered.ok) return entered.refusal;
  const texts = await readForm(c, ['title', 'minChoices', 'maxChoices', 'blank', 'seats', 'order']);
  const values = { ...texts, blank: texts.blank === 'yes' };
  const parsed = contestSchema.safeParse(values);
  if (!parsed.success) return again({ values, problems: problemsOf(pageOf(deps, c), parsed.error, keys) });
  const changed = await change(entered, parsed.data);
  return changed.ok ? redirectDone(deps, c, listPath(entered.election.id), done) : refuse(deps, c, changed.reason);
}

async function showList(deps: Deps, c: Request, form?: Again<RulesValues>): Promise<Response> {
  const entered = await enterElection(deps, c, requireObserver(deps, c));
  if (!entered.ok) return entered.refusal;
  const { election, head } = entered;
  const rules = rulesOf(election);
  const typed = { ...rules, quorum: String(rules.quorum), minimumBallots: String(rules.minimumBallots) };
  const listed = election.contests.map((contest) => ({
    ...contestRulesOf(contest),
    id: contest.id,
    title: contest.title,
    candidates: contest.candidates.length,
  }));
  const { values, problems } = form ?? { values: typed, problems: {} };
  const view = { election: head, contests: listed, rules, values, problems, done: doneOf(deps, c) };
  return c.html(contestsPage(pageOf(deps, c), view), form ? 400 : 200);
}

async function showNew(deps: Deps, c: Request, form?: Again<ContestValues>): Promise<Response> {
  const entered = await enterElection(deps, c, requireAdmin(deps, c));
  if (!entered.ok) return entered.refusal;
  const { values, problems } = form ?? { values: newContest, problems: {} };
  return c.html(contestPage(pageOf(deps, c), { election: entered.head, values, problems }), form ? 400 : 200);
}

async function showOne(deps: Deps, c: Request, form?: Again<ContestValues>): Promise<Response> {
  const entered = await enterElection(deps, c, requireAdmin(deps, c));
  if (!entered.ok) return entered.refusal;
  const { election, head } = entered;
  const found = election.contests.find((contest) => contest.id === c.req.param('contest'));
  if (!found) return refuse(deps, c, 'unknown-contest');
  const view = {
    election: head,
    id: found.id,
    ...(form ?? { values: valuesOf(found), problems: {} }),
    seed: found.candidate_order === 'drawn' ? found.order_seed : undefined,
    candidates: election.contests.length > 1 ? found.candidates.length : undefined,
    done: doneOf(deps, c),
  };
  return c.html(contestPage(pageOf(deps, c), view), form ? 400 : 200);
}

const valuesOf = (contest: Election['contests'][number]): ContestValues => ({
  title: contest.title,
  minChoices: String(contest.min_choices),
  maxChoices: String(contest.max_choices),
  blank: contest.blank === 1,
  seats: String(contest.seats),
  order: contest.candidate_order,
});
