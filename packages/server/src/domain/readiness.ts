// The checklist of an election: what is done, what is to do, what cannot start yet and why.

import type { ElectionRow } from '../storage/elections.ts';
import type { Instant } from '../storage/tables.ts';
import { obstacles, type Obstacle } from './arming.ts';
import type { Election } from './elections.ts';
import type { KeyState } from './trustees.ts';
import { type Phase, phaseOf } from './lifecycle.ts';

export type TaskId =
  'details' | 'candidates' | 'voters' | 'trustees' | 'arm' | 'sheets' | 'open' | 'close' | 'deliberate' | 'publish';

export type Blocker =
  | Obstacle
  | 'not-armed'
  | 'not-yet-open'
  | 'still-open'
  | 'being-sealed'
  | 'below-minimum'
  | 'not-deliberated'
  | 'abandoned';

export interface Task {
  readonly id: TaskId;
  readonly state: 'completed' | 'todo' | 'blocked';
  readonly why?: Blocker;
}

export interface ReadinessFacts {
  readonly voters: number;
  readonly now: Instant;
  readonly secure: boolean;
  /** Of a verifiable election. */
  readonly key?: KeyState | undefined;
}

const completed = (id: TaskId, done: boolean): Task => ({ id, state: done ? 'completed' : 'todo' });
const blocked = (id: TaskId, why: Blocker): Task => ({ id, state: 'blocked', why });

function armTask(election: Election, facts: ReadinessFacts): Task {
  if (election.armed_at !== null) return completed('arm', true);
  const [first] = obstacles(election, facts);
  return first ? blocked('arm', first) : completed('arm', false);
}

function windowTasks(phase: Phase): Task[] {
  if (phase === 'draft') return [blocked('open', 'not-armed'), blocked('close', 'not-armed')];
  if (phase === 'armed') return [blocked('open', 'not-yet-open'), blocked('close', 'not-yet-open')];
  if (phase === 'open') return [completed('open', true), blocked('close', 'still-open')];
  return [completed('open', true), completed('close', true)];
}

function deliberateTask(election: ElectionRow, phase: Phase): Task {
  if (election.deliberated_at !== null) return completed('deliberate', true);
  if (phase === 'draft') return blocked('deliberate', 'not-armed');
  if (phase !== 'closed') return blocked('deliberate', phase === 'armed' ? 'not-yet-open' : 'still-open');
  if (election.rewritten_at === null || election.ballot_count === null) return blocked('deliberate', 'being-sealed');
  if (election.ballot_count < election.minimum_ballots) return blocked('deliberate', 'below-minimum');
  return completed('deliberate', false);
}

export function readiness(election: Election, facts: ReadinessFacts): Task[] {
  const tasks = tasksOf(election, facts);
  if (election.abandoned_at === null) return tasks;
  return tasks.map((task) => (task.state === 'completed' ? task : blocked(task.id, 'abandoned')));
}

function tasksOf(election: Election, facts: ReadinessFacts): Task[] {
  const phase = phaseOf(election, facts.now);
  const found = obstacles(election, facts);
  const armed = election.armed_at !== null;
  const over = phase !== 'draft' && phase !== 'armed' && phase !== 'open';
  return [
    completed('details', armed || !found.includes('window-past')),
    completed('candidates', armed || (!found.includes('no-candidates') && !found.includes('too-few-candidates'))),
    completed('voters', armed || (!found.includes('no-voters') && !found.includes('roll-too-small'))),
    ...(facts.key === undefined ? [] : [completed('trustees', armed || facts.key === 'ready')]),
    armTask(election, facts),
    armed ? completed('sheets', over || election.handed_out_at !== null) : blocked('sheets', 'not-armed'),
    ...windowTasks(phase),
    deliberateTask(election, phase),
    election.deliberated_at === null
      ? blocked('publish', 'not-deliberated')
      : completed('publish', election.published_at !== null),
  ];
}
