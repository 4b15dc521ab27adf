// What a row of the table of routes is made of: who may pass, what is refused, what is done, and the elections it is done to.

import type { AccountsTable } from '../../../packages/server/src/storage/tables.ts';
import type { Phase } from '../../../packages/server/src/domain/lifecycle.ts';
import { issueAccountLink } from '../../../packages/server/src/domain/account-links.ts';
import { listCandidates } from '../../../packages/server/src/storage/candidates.ts';
import { listDeliveries, startMailing } from '../../../packages/server/src/domain/mailings.ts';
import { listVoters } from '../../../packages/server/src/storage/voters.ts';
import { addCandidate } from '../../../packages/server/src/domain/candidates.ts';
import { addContest } from '../../../packages/server/src/domain/contests.ts';
import { readElection } from '../../../packages/server/src/domain/elections.ts';
import type { Database } from '../../../packages/server/src/storage/database.ts';
import { updateElection } from '../../../packages/server/src/storage/elections.ts';
import { anAccount, type TestApp } from '../app.ts';
import { admin, anElection, type ArmedElection } from '../elections.ts';
import { anElectionIn } from '../phases.ts';
import { type Boards, makeBoards } from '../verifiable-phases.ts';
import type { Visitor } from '../visitors.ts';

export type Act = (browser: Visitor, world: World) => Promise<Response>;
export type Role = AccountsTable['role'];
export const everyone: readonly Role[] = ['admin', 'technician', 'observer'];
export const technicians: readonly Role[] = ['admin', 'technician'];
export const readers: readonly Role[] = ['admin', 'observer'];

export type Refused = readonly [what: string, status: number, act: Act];

export interface Row {
  /** `confirmed form back` leads to the password and back, because nothing typed is lost. */
  readonly door:
    | 'public'
    | 'session'
    | 'page'
    | 'form'
    | 'api'
    | 'confirmed page'
    | 'confirmed form'
    | 'confirmed form back'
    | 'confirmed api';
  /** Who may; administrators only where it is not said. `door` says how the others are turned away. */
  readonly roles?: readonly Role[];
  /** The phase of the election it is about. */
  readonly needs?: Phase;
  /** That election rehearses the draft. */
  readonly rehearses?: true;
  readonly refused?: readonly Refused[];
  /** Attempts are counted even when they are refused. */
  readonly counts?: true;
  readonly act: Act;
  readonly status: number;
}

export interface World {
  readonly at: TestApp;
  readonly id: string;
  readonly election: ArmedElection;
  readonly candidate: string;
  readonly contest: string;
  /** In a draft, a second question whose order is drawn. */
  readonly drawnContest: string;
  readonly drawnCandidate: string;
  /** An election of which nothing can be changed any more. */
  readonly armed: ArmedElection;
  readonly armedCandidate: string;
  readonly armedContest: string;
  /** An election that is still being prepared. */
  readonly draft: string;
  /** The second of the roll, who has not voted. */
  readonly voter: string;
  /** Of the open one the first voter has voted, as of the one that is over. */
  readonly open: ArmedElection;
  readonly over: ArmedElection;
  /** An administrator whom nobody is logged in as, with an unused link to choose a password. */
  readonly account: string;
  readonly email: string;
  /** Mails that nobody carries, one of them unknown; empty once nothing can be sent any more. */
  readonly mailing: string;
  /** Verifiable elections, made once. */
  readonly boards: Boards;
  readonly passwordToken: string;
  readonly observerEmail: string;
}

export const nobodys = '00000000-0000-4000-8000-000000000000';

const worlds = new WeakMap<TestApp, Map<Phase, Promise<World>>>();

/** The world of rows that change nothing is made once for each phase; the others get one of their own. */
export function aWorld(at: TestApp, { needs: phase = 'draft', act, rehearses }: Row): Promise<World> {
  if (rehearses) return makeWorld(at, phase).then(asRehearsal);
  if (!reading.has(act)) return makeWorld(at, phase);
  const made = worlds.get(at) ?? new Map<Phase, Promise<World>>();
  worlds.set(at, made);
  const world = made.get(phase) ?? makeWorld(at, phase);
  made.set(phase, world);
  return world;
}

async function makeWorld(at: TestApp, phase: Phase): Promise<World> {
  const { db } = at;
  const election = phase === 'draft' ? { id: await anElection(db, { voters: 2 }) } : await anElectionIn(db, phase);
  if (phase === 'draft') await withDrawnContest(db, election.id);
  const candidatesOf = async (id: string) => {
    const [first, last] = [(await listCandidates(db.reader, id))[0]!, (await listCandidates(db.reader, id)).at(-1)!];
    return { candidate: first.id, contest: first.contest_id, drawnCandidate: last.id, drawnContest: last.contest_id };
  };
  const armed = await elsewhere(at, 'armed');
  const [, voter] = await listVoters(db.reader, election.id, { limit: 2, offset: 0 });
  const others = { open: await elsewhere(at, 'open'), over: await elsewhere(at, 'closed'), voter: voter!.id };
  const own = { id: election.id, election: election as ArmedElection, ...(await candidatesOf(election.id)) };
  const draft = phase === 'draft' ? election.id : await draftOf(at);
  const { candidate: armedCandidate, contest: armedContest } = await candidatesOf(armed.id);
  const mailing = await aMailing(at, election.id);
  const boards = await boardsOf(at);
  return {
    at,
    ...own,
    ...others,
    draft,
    boards,
    armed,
    armedCandidate,
    armedContest,
    mailing,
    ...(await peopleOf(at)),
  };
}

async function asRehearsal(world: World): Promise<World> {
  await world.at.db.write((tx) => updateElection(tx, world.id, { rehearsal_of: world.draft }));
  return world;
}

async function withDrawnContest(db: Database, id: string): Promise<void> {
  const rules = { minChoices: 1, maxChoices: 2, blank: true, seats: 1, order: 'drawn' } as const;
  await addContest(db, admin, id, { title: 'Who sits?', ...rules });
  const [, contest] = (await readElection(db.reader, id))!.contests;
  for (const name of ['Dora', 'Emil']) await addCandidate(db, admin, id, { name, text: '', contestId: contest!.id });
}

async function aMailing({ db }: TestApp, electionId: string): Promise<string> {
  const conditions = { secure: true, mailReady: true };
  const started = await startMailing(db, admin, { electionId, kind: 'invitation' }, conditions);
  if (!started.ok) return '';
  const [first] = await listDeliveries(db.reader, started.mailingId, { limit: 1, offset: 0 });
  const lost = { status: 'unknown', cause: 'interrupted' } as const;
  await db.write((tx) => tx.updateTable('deliveries').set(lost).where('id', '=', first!.id).execute());
  return started.mailingId;
}

async function peopleOf(at: TestApp) {
  const [account, observer] = [await anAccount(at.db, 'admin', 'Ada'), await anAccount(at.db, 'observer', 'Otto')];
  const { token } = await at.db.write(async (tx) => issueAccountLink(tx, account.id, await at.db.now(tx)));
  return { account: account.id, email: account.email, passwordToken: token, observerEmail: observer.email };
}

const elsewheres = new WeakMap<TestApp, Map<Phase, Promise<ArmedElection>>>();
/** An election in this phase that no row changes, made once. */
function elsewhere(at: TestApp, phase: Exclude<Phase, 'draft'>): Promise<ArmedElection> {
  const made = elsewheres.get(at) ?? new Map<Phase, Promise<ArmedElection>>();
  elsewheres.set(at, made);
  const election = made.get(phase) ?? anElectionIn(at.db, phase);
  made.set(phase, election);
  return election;
}

const boardsMade = new WeakMap<TestApp, Promise<Boards>>();
function boardsOf(at: TestApp): Promise<Boards> {
  const boards = boardsMade.get(at) ?? makeBoards(at.db);
  boardsMade.set(at, boards);
  return boards;
}

const drafts = new WeakMap<TestApp, Promise<string>>();
const draftOf = (at: TestApp): Promise<string> => {
  const draft = drafts.get(at) ?? anElection(at.db, { voters: 2 });
  drafts.set(at, draft);
  return draft;
};

const reading = new WeakSet<Act>();

export const page = (path: string) => `/console/elections/${path}`;

export const get = (
  door: Row['door'],
  path: (world: World) => string,
  { status = 200, roles }: { readonly status?: number; readonly roles?: readonly Role[] } = {},
): Row => {
  const act: Act = (browser, world) => browser.get(path(world));
  reading.add(act);
  return { door, act, status, ...(roles && { roles }) };
};

const unknown = (path = ''): Refused => ['unknown election', 404, (browser) => browser.get(page(nobodys + path))];

export const consolePage = (path: string, roles: readonly Role[], door: Row['door'] = 'page'): Row => ({
  ...get(door, ({ id }) => page(id + path), { roles }),
  refused: [unknown(path), ['no id', 404, (browser) => browser.get(page(`%00${path}`))]],
});
