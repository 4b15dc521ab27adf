// The checklist of an election: what is done, what is to do, what cannot start yet and why, and who may do it. Pages and
// programs are told by this one function.

import type { ElectionRow } from '../storage/elections.ts';
import type { AccountsTable, Instant } from '../storage/tables.ts';
import { obstacles, type Obstacle } from './arming.ts';
import type { Election } from './elections.ts';
import { type Phase, phaseOf } from './lifecycle.ts';
import type { LastProof } from './possessions.ts';
import type { CredentialState } from './registrars.ts';
import type { KeyState } from './trustees.ts';

export type Role = AccountsTable['role'];

export type TaskId =
  | 'details'
  | 'candidates'
  | 'buildings'
  | 'voters'
  | 'mails'
  | 'trustees'
  | 'credentials'
  | 'rehearsal'
  | 'arm'
  | 'links'
  | 'open'
  | 'watch'
  | 'close'
  | 'deliberate'
  | 'publish';

export type Blocker =
  | Obstacle
  | 'not-armed'
  | 'not-yet-open'
  | 'still-open' // or not yet
  | 'being-sealed'
  | 'below-minimum'
  | 'not-deliberated'
  | 'left-out'
  | 'abandoned';

export interface Task {
  readonly id: TaskId;
  readonly state: 'completed' | 'todo' | 'blocked';
  /** Of what is blocked. */
  readonly why?: Blocker;
  /** An election is whole without it; it is never the next step. */
  readonly optional?: true;
  /** Nobody where the clock does it. */
  readonly by: readonly Role[];
  /** Of arming: when possession of the key was last proven. */
  readonly proof?: LastProof;
}

export interface ReadinessFacts {
  readonly voters: number;
  /** Of them, those who belong to a building. */
  readonly placed: number;
  readonly now: Instant;
  readonly secure: boolean;
  /** Of a verifiable election. */
  readonly key?: KeyState | undefined;
  /** Of one with a registrar. */
  readonly credentials?: CredentialState | undefined;
  /** Of the key that somebody holds. */
  readonly proof?: LastProof | undefined;
  /** A test mail has arrived at the mail server that is set, or mails of this election have gone out. */
  readonly mailTried: boolean;
  /** Every voter has been given their way in, on paper or by mail. */
  readonly linksSent: boolean;
  /** The last rehearsal, if there was one: played until its box was open, or on its way. */
  readonly rehearsal: 'none' | 'running' | 'finished';
}

const everyone: readonly Role[] = ['admin', 'technician', 'observer'];
const registrars: readonly Role[] = ['admin', 'technician'];
const administrators: readonly Role[] = ['admin'];

const doers: Readonly<Record<TaskId, readonly Role[]>> = {
  details: administrators,
  candidates: registrars,
  buildings: registrars,
  voters: registrars,
  mails: administrators,
  trustees: administrators,
  credentials: administrators,
  rehearsal: administrators,
  arm: administrators,
  links: administrators,
  open: [],
  watch: everyone,
  close: [],
  deliberate: administrators,
  publish: administrators,
};

const completed = (id: TaskId, done: boolean): Task => ({ id, state: done ? 'completed' : 'todo', by: doers[id] });
const blocked = (id: TaskId, why: Blocker): Task => ({ id, state: 'blocked', why, by: doers[id] });
const optional = (task: Task): Task => ({ ...task, optional: true });

export function readiness(election: Election, facts: ReadinessFacts): Task[] {
  const tasks = [...preparing(election, facts), ...voting(election, facts), ...counting(election, facts)];
  if (election.abandoned_at === null) return tasks;
  return tasks.map((task) => (task.state === 'completed' ? task : { ...task, ...blocked(task.id, 'abandoned') }));
}

/**
 * The one next step: the first that has to be done, of those that somebody of this role may do where there is one; while the
 * clock does the work, what is waited for. Nothing once the election is over.
 */
export function nextTask(tasks: readonly Task[], role: Role): Task | undefined {
  const needed = tasks.filter(({ optional: isOptional, why }) => isOptional !== true && why !== 'abandoned');
  const due = needed.filter(({ state }) => state === 'todo');
  return due.find(({ by }) => by.includes(role)) ?? due[0] ?? needed.find(({ state }) => state === 'blocked');
}

function preparing(election: Election, facts: ReadinessFacts): Task[] {
  const found = obstacles(election, facts);
  const armed = election.armed_at !== null;
  const isFine = (...faults: readonly Obstacle[]) => armed || !faults.some((fault) => found.includes(fault));
  const [first] = found;
  return [
    completed('details', isFine('window-past')),
    completed('candidates', isFine('no-candidates', 'too-few-candidates')),
    whileDraft(election, completed('buildings', facts.placed > 0)),
    completed('voters', isFine('no-voters', 'roll-too-small')),
    untilTheClose(election, facts, completed('mails', facts.mailTried)),
    ...(facts.key === undefined ? [] : [completed('trustees', armed || facts.key === 'ready')]),
    ...(facts.credentials === undefined ? [] : [completed('credentials', armed || facts.credentials === 'ready')]),
    ...(election.rehearsal_of === null ? [rehearsalTask(election, facts)] : []),
    armed || first === undefined ? armTask(armed, facts) : blocked('arm', first),
  ];
}

const armTask = (armed: boolean, { proof }: ReadinessFacts): Task => ({
  ...completed('arm', armed),
  ...(proof && { proof }),
});

/** What nobody has to do, and what makes no sense any more once it is too late for it. */
const unless = (isTooLate: boolean, task: Task): Task =>
  optional(isTooLate && task.state === 'todo' ? blocked(task.id, 'left-out') : task);

const whileDraft = ({ armed_at }: ElectionRow, task: Task): Task => unless(armed_at !== null, task);

const untilTheClose = (election: ElectionRow, { now }: ReadinessFacts, task: Task): Task =>
  unless(!['draft', 'armed', 'open'].includes(phaseOf(election, now)), task);

/** One that runs can be finished after arming as well. */
function rehearsalTask(election: Election, { rehearsal }: ReadinessFacts): Task {
  const task = completed('rehearsal', rehearsal === 'finished');
  return rehearsal === 'running' ? optional(task) : whileDraft(election, task);
}

function voting(election: Election, facts: ReadinessFacts): Task[] {
  const phase = phaseOf(election, facts.now);
  const wait = phase === 'draft' ? 'not-armed' : 'not-yet-open';
  if (phase === 'draft' || phase === 'armed') {
    const links = phase === 'draft' ? blocked('links', wait) : completed('links', facts.linksSent);
    const close = blocked('close', phase === 'draft' ? wait : 'still-open');
    return [links, blocked('open', wait), blocked('watch', wait), close];
  }
  if (phase !== 'open') return (['links', 'open', 'watch', 'close'] as const).map((id) => completed(id, true));
  const links = completed('links', facts.linksSent);
  return [links, completed('open', true), completed('watch', false), blocked('close', 'still-open')];
}

function counting(election: Election, { now }: ReadinessFacts): Task[] {
  const publish =
    election.deliberated_at === null
      ? blocked('publish', 'not-deliberated')
      : completed('publish', election.published_at !== null);
  return [deliberateTask(election, phaseOf(election, now)), publish];
}

function deliberateTask(election: ElectionRow, phase: Phase): Task {
  if (election.deliberated_at !== null) return completed('deliberate', true);
  if (phase === 'draft') return blocked('deliberate', 'not-armed');
  if (phase !== 'closed') return blocked('deliberate', 'still-open');
  if (election.rewritten_at === null || election.ballot_count === null) return blocked('deliberate', 'being-sealed');
  if (election.ballot_count < election.minimum_ballots) return blocked('deliberate', 'below-minimum');
  return completed('deliberate', false);
}
