// The rehearsal of an election: made, closed, wiped. The page is that of the real election; the deeds name the rehearsal, so
// that none of them can ever mean a real one.

import { Hono } from 'hono';
import { ballotObstacles } from '../../domain/arming.ts';
import { withCredentials } from '../../domain/credentials.ts';
import type { ElectionRow } from '../../domain/elections.ts';
import { phaseOf } from '../../domain/lifecycle.ts';
import {
  closeRehearsal,
  findRehearsal,
  isNobodys,
  makeRehearsal,
  mostTestVoters,
  readTestVoters,
  rehearsalSchema,
  wasRehearsed,
  wipeRehearsal,
} from '../../domain/rehearsals.ts';
import type { Admin } from '../../domain/scopes.ts';
import { keyState, readCeremony } from '../../domain/trustees.ts';
import { findAccount } from '../../domain/users.ts';
import type { Problems } from '../../views/page.ts';
import {
  type RehearsalState,
  type RehearsalStep,
  type RehearsalValues,
  rehearsalPage,
  type TestVoterView,
} from '../../views/rehearsal.ts';
import type { Deps, Env, Request } from '../deps.ts';
import { refuse } from '../errors.ts';
import { readForm } from '../forms.ts';
import { hrefOf, pageOf } from '../page.ts';
import { requireAdmin, requireObserver } from '../scopes.ts';
import { doneOf, type Entered, enterElection, redirectDone } from './election-routes.ts';
import { windowOf } from '../public/home.ts';

const path = '/console/elections/:id/rehearsal';
const suggested: RehearsalValues = { voters: '3', own: false, emails: '' };

export function rehearsals(deps: Deps): Hono<Env> {
  return new Hono<Env>()
    .get(path, async (c) => {
      const entered = await enterElection(deps, c, requireObserver(deps, c));
      if (!entered.ok) return entered.refusal;
      const { rehearsal_of: real } = entered.election;
      return real === null ? show(deps, c, entered) : c.redirect(hrefOf(deps, c, pathOf(real)), 303);
    })
    .post(path, async (c) => {
      const entered = await enterElection(deps, c, requireAdmin(deps, c));
      return entered.ok ? make(deps, c, entered) : entered.refusal;
    })
    .post(`${path}/close`, async (c) => {
      const entered = await enterElection(deps, c, requireAdmin(deps, c));
      if (!entered.ok) return entered.refusal;
      const { id, rehearsal_of: real } = entered.election;
      const closed = await closeRehearsal(deps.db, entered.scope, id);
      if (!closed.ok) return refuse(deps, c, closed.reason);
      return redirectDone(deps, c, pathOf(real ?? id), 'rehearsal-closed');
    })
    .post(`${path}/wipe`, async (c) => {
      const entered = await enterElection(deps, c, requireAdmin(deps, c));
      if (!entered.ok) return entered.refusal;
      const { id, rehearsal_of: real } = entered.election;
      const wiped = await wipeRehearsal(deps.db, entered.scope, id);
      if (!wiped.ok) return refuse(deps, c, wiped.reason);
      return redirectDone(deps, c, pathOf(real ?? id), 'rehearsal-wiped');
    });
}

const pathOf = (id: string): string => `/console/elections/${id}/rehearsal`;

interface Again {
  readonly values: RehearsalValues;
  readonly problems: Problems;
}

async function show(deps: Deps, c: Request, entered: Entered<unknown>, again?: Again): Promise<Response> {
  const { election, head } = entered;
  const view = {
    election: head,
    window: windowOf(election),
    minimumBallots: election.minimum_ballots,
    state: await stateOf(deps, c, entered, again?.values ?? suggested),
    isRehearsed: await wasRehearsed(deps.db.reader, election.id),
    problems: again?.problems ?? {},
    done: doneOf(deps, c),
  };
  return c.html(rehearsalPage(pageOf(deps, c), view), again ? 400 : 200);
}

async function stateOf(
  deps: Deps,
  c: Request,
  { election, now }: Entered<unknown>,
  values: RehearsalValues,
): Promise<RehearsalState> {
  const rehearsal = await findRehearsal(deps.db.reader, election.id);
  if (rehearsal) {
    const { id, name, closes_at: closesAt, zone } = rehearsal;
    const voters = await votersOf(deps, c, rehearsal);
    const steps = await stepsOf(deps, rehearsal, now);
    return { kind: 'running', rehearsal: { id, name, phase: phaseOf(rehearsal, now), closesAt, zone }, steps, voters };
  }
  if (election.armed_at !== null) return { kind: 'too-late' };
  const [why] = ballotObstacles(election);
  if (why) return { kind: 'blocked', why };
  return { kind: 'none', most: mostTestVoters, email: await ownEmail(deps, c), values };
}

const ownEmail = async (deps: Deps, c: Request): Promise<string> =>
  (await findAccount(deps.db.reader, c.get('session')?.accountId ?? ''))?.email ?? '';

/** Links and codes for administrators only: others see who has voted. */
async function votersOf(deps: Deps, c: Request, rehearsal: ElectionRow): Promise<readonly TestVoterView[]> {
  const scope = requireAdmin(deps, c);
  if (!scope.ok) return [];
  const voters = await readTestVoters(deps.db, deps.vault, scope.scope, rehearsal.id);
  const ways = await withCredentials(
    deps.db.reader,
    deps.credentialKeys,
    rehearsal,
    new Map(voters.map((voter) => [voter.id, voter])),
  );
  return voters.map(({ id, last_name: name, email, code, link, signed_on: signedOn }) => {
    const { credential } = ways.get(id) ?? {};
    const address = `/vote/${link}${credential === undefined ? '' : `#${credential}`}`;
    return { name, address, code, email: isNobodys(email) ? undefined : email, hasVoted: signedOn !== null };
  });
}

/** From the key to the result, as on the real day; the closing by hand is a rehearsal's own. */
async function stepsOf({ db }: Deps, rehearsal: ElectionRow, now: number): Promise<readonly RehearsalStep[]> {
  const ceremony = await readCeremony(db.reader, rehearsal.id);
  const isArmed = rehearsal.armed_at !== null;
  const isClosed = isArmed && phaseOf(rehearsal, now) !== 'open';
  const completed: [RehearsalStep['id'], boolean][] = [
    ...(ceremony === undefined
      ? []
      : [['trustees', isArmed || keyState(ceremony) === 'ready'] as ['trustees', boolean]]),
    ['arm', isArmed],
    ['vote', isClosed],
    ['close', isClosed],
    ['open', rehearsal.deliberated_at !== null],
    ['publish', rehearsal.published_at !== null],
  ];
  const next = completed.find(([, isDone]) => !isDone)?.[0];
  return completed.map(([id, isDone]) => {
    if (isDone) return { id, state: 'completed' };
    if (rehearsal.abandoned_at !== null) return { id, state: 'blocked' };
    if (id === 'open' && next === 'open') return openStep(rehearsal);
    return { id, state: id === next || (id === 'close' && next === 'vote') ? 'todo' : 'blocked' };
  });
}

function openStep({ rewritten_at, ballot_count, minimum_ballots }: ElectionRow): RehearsalStep {
  if (rewritten_at === null || ballot_count === null) return { id: 'open', state: 'blocked', why: 'being-sealed' };
  if (ballot_count < minimum_ballots) return { id: 'open', state: 'blocked', why: 'below-minimum' };
  return { id: 'open', state: 'todo' };
}

async function make(deps: Deps, c: Request, entered: Entered<Admin>): Promise<Response> {
  const { t, formatNumber } = pageOf(deps, c);
  const form = await readForm(c, ['voters', 'own', 'emails']);
  const values = { voters: form.voters, own: form.own === 'yes', emails: form.emails };
  const lines = values.emails.split(/[\n,;]+/).map((line) => line.trim());
  const typed = [...(values.own ? [await ownEmail(deps, c)] : []), ...lines.filter((line) => line !== '')];
  const parsed = rehearsalSchema.safeParse({ voters: form.voters.trim(), emails: typed });
  const faults = parsed.success ? [] : parsed.error.issues.map(({ path: [field] }) => field);
  const emails = parsed.success ? distinct(parsed.data.emails) : [];
  const tooMany = parsed.success && emails.length > parsed.data.voters;
  const problems = {
    ...(faults.includes('voters') && { voters: t('field.test-voters', { most: formatNumber(mostTestVoters) }) }),
    ...(faults.includes('emails') && { emails: t('field.test-emails', { most: formatNumber(mostTestVoters) }) }),
    ...(tooMany && { voters: t('field.test-voters-few', { addresses: emails.length }) }),
  };
  if (!parsed.success || tooMany) return show(deps, c, entered, { values, problems });
  const names = Array.from({ length: parsed.data.voters }, (_, index) => t('rehearsal.voter', { number: index + 1 }));
  const made = await makeRehearsal(deps.db, entered.scope, entered.election.id, { names, emails });
  if (!made.ok) return refuse(deps, c, made.reason);
  return redirectDone(deps, c, pathOf(entered.election.id), 'rehearsal-made');
}

/** An address is on a roll once, however it is spelled. */
const distinct = (emails: readonly string[]): string[] =>
  [...new Map(emails.toReversed().map((email) => [email.toLowerCase(), email])).values()].toReversed();
