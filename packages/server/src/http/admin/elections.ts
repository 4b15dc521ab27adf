// An election: made, its checklist, its details until it is armed.

import { Hono } from 'hono';
import type { z } from 'zod';
import { createElection, detailsSchema, editElection, type Election, electionSchema } from '../../domain/elections.ts';
import { countLocked } from '../../domain/links.ts';
import { readParticipation } from '../../domain/participation.ts';
import { wallClock } from '../../domain/wall-clock.ts';
import { checklistPage } from '../../views/checklist.ts';
import { electionFormPage, type ElectionFormValues } from '../../views/election-form.ts';
import type { ElectionHead } from '../../views/layout-console.ts';
import type { Deps, Env, Request } from '../deps.ts';
import { refuse } from '../errors.ts';
import { readForm } from '../forms.ts';
import { pageOf } from '../page.ts';
import { problemsOf } from '../problems.ts';
import { requireAdmin, requireMember, requireObserver } from '../scopes.ts';
import { zonesWith } from '../time-zones.ts';
import { checklistOf, circumstancesOf } from './checklists.ts';
import { doneOf, type Entered, enterElection, redirectDone } from './election-routes.ts';

const details = ['name', 'description', 'opensAt', 'closesAt', 'zone'] as const;
const keys = { name: 'field.election-name' } as const;

export function elections(deps: Deps): Hono<Env> {
  return new Hono<Env>()
    .get('/console/elections/new', (c) => {
      const scope = requireAdmin(deps, c);
      if (!scope.ok) return scope.refusal;
      const values = blankValues(deps, c);
      const view = { values, zones: zonesWith(values.zone), problems: {} };
      return c.html(electionFormPage(pageOf(deps, c), view));
    })
    .post('/console/elections/new', async (c) => {
      const scope = requireAdmin(deps, c);
      if (!scope.ok) return scope.refusal;
      const form = await readNewElection(deps, c);
      if (!form.ok) return form.refusal;
      const id = await createElection(deps.db, scope.scope, form.draft);
      return redirectDone(deps, c, `/console/elections/${id}`, 'created');
    })
    .get('/console/elections/:id', (c) => checklist(deps, c))
    .get('/console/elections/:id/details', async (c) => {
      const entered = await enterElection(deps, c, requireObserver(deps, c));
      if (!entered.ok) return entered.refusal;
      const { election, head } = entered;
      const form = { values: valuesOf(election), zones: zonesWith(election.zone), problems: {} };
      return c.html(electionFormPage(pageOf(deps, c), { election: head, ...form, done: doneOf(deps, c) }));
    })
    .post('/console/elections/:id/details', async (c) => {
      const entered = await enterElection(deps, c, requireAdmin(deps, c));
      if (!entered.ok) return entered.refusal;
      const form = await readDetails(deps, c, entered);
      if (!form.ok) return form.refusal;
      const changed = await editElection(deps.db, entered.scope, entered.election.id, form.draft);
      if (!changed.ok) return refuse(deps, c, changed.reason);
      return redirectDone(deps, c, `/console/elections/${entered.election.id}/details`, 'saved');
    });
}

async function checklist(deps: Deps, c: Request) {
  const entered = await enterElection(deps, c, requireMember(deps, c));
  if (!entered.ok) return entered.refusal;
  const { election, head, now } = entered;
  const started = head.phase !== 'draft' && head.phase !== 'armed';
  const view = {
    ...(await checklistOf(deps, c, election, await circumstancesOf(deps, now))),
    election: head,
    done: doneOf(deps, c),
    turnout: started ? await readParticipation(deps.db.reader, election, now) : undefined,
    lockedCodes: await countLocked(deps.db.reader, election.id, now),
  };
  return c.html(checklistPage(pageOf(deps, c), view));
}

async function readNewElection(deps: Deps, c: Request) {
  const texts = await readForm(c, [...details, 'contestTitle', 'blank', 'minimumBallots', 'sealing']);
  const values = { ...texts, blank: texts.blank === 'yes', sealing: texts.sealing || 'sealed-box' };
  const parsed = electionSchema.safeParse(values);
  if (parsed.success) return { ok: true as const, draft: parsed.data };
  return { ok: false as const, refusal: showAgain(deps, c, { values, error: parsed.error }) };
}

async function readDetails(deps: Deps, c: Request, { election, head }: Entered<unknown>) {
  const values = { ...valuesOf(election), ...(await readForm(c, details)) };
  const { name, description, zone, opensAt, closesAt } = values;
  const parsed = detailsSchema.safeParse({ name, description, zone, opensAt, closesAt });
  if (parsed.success) return { ok: true as const, draft: parsed.data };
  return { ok: false as const, refusal: showAgain(deps, c, { election: head, values, error: parsed.error }) };
}

interface Again {
  readonly election?: ElectionHead;
  readonly values: ElectionFormValues;
  readonly error: z.ZodError;
}

function showAgain(deps: Deps, c: Request, { election, values, error }: Again) {
  const page = pageOf(deps, c);
  const form = { values, zones: zonesWith(values.zone), problems: problemsOf(page, error, keys) };
  return c.html(electionFormPage(page, { election, ...form }), 400);
}

function blankValues(deps: Deps, c: Request): ElectionFormValues {
  const zone = c.get('organisation')?.zone ?? 'UTC';
  const { opensAt, closesAt } = c.get('settings').suggestedWindow;
  return {
    name: '',
    description: '',
    opensAt: opensAt === undefined ? '' : wallClock(opensAt, zone),
    closesAt: closesAt === undefined ? '' : wallClock(closesAt, zone),
    zone,
    blank: true,
    minimumBallots: '5',
    sealing: 'sealed-box',
    contestTitle: pageOf(deps, c).t('election.contest-default'),
  };
}

const valuesOf = (election: Election): ElectionFormValues => ({
  name: election.name,
  description: election.description,
  zone: election.zone,
  opensAt: wallClock(election.opens_at, election.zone),
  closesAt: wallClock(election.closes_at, election.zone),
  contestTitle: election.contests[0]?.title ?? '',
  blank: election.contests[0]?.blank === 1,
  minimumBallots: String(election.minimum_ballots),
  sealing: election.sealing,
});
