// The steps of sample elections, as the server works them out.
import type { Task, TaskId } from '../../packages/server/src/views/tasks.ts';

const taskIds: readonly TaskId[] = [
  'details',
  'candidates',
  'buildings',
  'voters',
  'mails',
  'rehearsal',
  'arm',
  'links',
  'open',
  'watch',
  'close',
  'deliberate',
  'publish',
];
const optionalOnes: readonly TaskId[] = ['buildings', 'mails', 'rehearsal'];
const registrars: readonly TaskId[] = ['candidates', 'buildings', 'voters'];
const clocks: readonly TaskId[] = ['open', 'close'];
const doersOf = (id: TaskId): Task['by'] => {
  if (id === 'watch') return ['admin', 'technician', 'observer'];
  return clocks.includes(id) ? [] : registrars.includes(id) ? ['admin', 'technician'] : ['admin'];
};
/** Every task is done but for these. */
const tasksWith = (others: Partial<Record<TaskId, Partial<Task>>>): readonly Task[] =>
  taskIds.map((id) => ({
    id,
    state: 'completed',
    by: doersOf(id),
    ...(id === 'arm' && others.arm === undefined && { proof: { day: '2026-03-02', again: others.publish !== todo } }),
    ...(optionalOnes.includes(id) && { optional: true as const }),
    ...others[id],
  }));
const notArmed = { state: 'blocked', why: 'not-armed' } as const;
const notYet = { state: 'blocked', why: 'not-yet-open' } as const;
const stillOpen = { state: 'blocked', why: 'still-open' } as const;
const todo = { state: 'todo' } as const;
const later = { links: notArmed, open: notArmed, watch: notArmed, close: notArmed, deliberate: notArmed };
const unpublished = { publish: { state: 'blocked', why: 'not-deliberated' } } as const;

export const draftTasks = tasksWith({
  buildings: todo,
  voters: todo,
  mails: todo,
  rehearsal: todo,
  arm: { state: 'blocked', why: 'no-voters' },
  ...later,
  ...unpublished,
});
export const readyTasks = tasksWith({ rehearsal: todo, arm: todo, ...later, ...unpublished });
export const armedTasks = tasksWith({
  buildings: { state: 'blocked', why: 'left-out' },
  rehearsal: { state: 'blocked', why: 'left-out' },
  open: notYet,
  watch: notYet,
  close: stillOpen,
  deliberate: stillOpen,
  ...unpublished,
});
export const openTasks = tasksWith({
  buildings: { state: 'blocked', why: 'left-out' },
  rehearsal: { state: 'blocked', why: 'left-out' },
  watch: todo,
  close: stillOpen,
  deliberate: stillOpen,
  ...unpublished,
});
export const closedTasks = tasksWith({ deliberate: todo, ...unpublished });
export const countedTasks = tasksWith({ publish: todo });
export const allDone = tasksWith({});
/** As the server works it out for an administrator. */
export const nextOf = (tasks: readonly Task[]): Task | undefined => {
  const needed = tasks.filter(({ optional }) => optional !== true);
  return needed.find(({ state }) => state === 'todo') ?? needed.find(({ state }) => state === 'blocked');
};
