// The tasks of an election in words: what each is called, where it is done, by whom, and why it cannot be done yet.
import { type ConsoleStep, type ElectionHead, mayOpen, type Role } from './layout-console.ts';
import type { Page } from './page.ts';
import type { VotingWindow } from './window.ts';

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

/** Why something cannot be done yet; the sentences are the messages `checklist.why.*`. */
export type Blocker =
  | 'no-candidates'
  | 'too-few-candidates'
  | 'too-many-choices'
  | 'no-trustees'
  | 'threshold-too-low'
  | 'trustees-unfinished'
  | 'registrar-unfinished'
  | 'registrar-outdated'
  | 'no-voters'
  | 'roll-too-small'
  | 'window-past'
  | 'insecure-base-url'
  | 'not-armed'
  | 'not-yet-open'
  | 'still-open'
  | 'being-sealed'
  | 'below-minimum'
  | 'not-deliberated'
  | 'left-out'
  | 'abandoned';

export interface LastProof {
  /** "2026-03-14" */
  readonly day: string;
  /** It may be proven again. */
  readonly again: boolean;
}

export interface Task {
  readonly id: TaskId;
  readonly state: 'completed' | 'todo' | 'blocked';
  /** For blocked ones. */
  readonly why?: Blocker | undefined;
  /** Never the next step. */
  readonly optional?: true | undefined;
  /** Nobody where the clock does it. */
  readonly by: readonly Role[];
  /** Of arming: when possession of the key was last proven. */
  readonly proof?: LastProof | undefined;
}

/** What the words about a task depend on. */
export interface TaskScene {
  readonly election: Pick<ElectionHead, 'id' | 'phase'>;
  readonly window: VotingWindow;
  readonly minimumBallots: number;
  /** A mail server is set: links travel by mail, else on paper. */
  readonly hasMail: boolean;
}

/** What the page and the JSON of the checklist are made from. */
export interface Checklist extends TaskScene {
  readonly tasks: readonly Task[];
  /** One of the tasks: what is to do, else what is waited for. Undefined once the election is over. */
  readonly next?: Task | undefined;
}

type Place = ConsoleStep | 'all-buildings' | 'mail-server' | 'base-url';

/** The page of each task; opening and closing happen by the clock. */
const places: Readonly<Record<TaskId, Place | undefined>> = {
  details: 'details',
  candidates: 'candidates',
  buildings: 'all-buildings',
  voters: 'voters',
  mails: 'mails',
  trustees: 'trustees',
  credentials: 'credentials',
  rehearsal: 'rehearsal',
  arm: 'arm',
  links: 'mails',
  open: undefined,
  watch: 'participation',
  close: undefined,
  deliberate: 'deliberate',
  publish: 'result',
};

/** The page where each obstacle is removed. */
const remedies: Readonly<Partial<Record<Blocker, Place>>> = {
  'no-candidates': 'candidates',
  'too-few-candidates': 'candidates',
  'no-voters': 'voters',
  'no-trustees': 'trustees',
  'threshold-too-low': 'trustees',
  'trustees-unfinished': 'trustees',
  'registrar-unfinished': 'credentials',
  'registrar-outdated': 'credentials',
  'too-many-choices': 'contests',
  'roll-too-small': 'contests',
  'window-past': 'details',
  'insecure-base-url': 'base-url',
  'not-armed': 'arm',
  'not-deliberated': 'deliberate',
};

function placeOf({ id }: Task, { hasMail }: TaskScene): Place | undefined {
  if (id === 'mails' && !hasMail) return 'mail-server';
  return id === 'links' && !hasMail ? 'sheets' : places[id];
}

function pathOf(page: Page, id: string, place: Place): string | undefined {
  const role = page.account?.role ?? 'observer';
  if (place === 'all-buildings') return '/console/buildings';
  if (place === 'mail-server') return role === 'technician' ? undefined : '/console/configure/smtp';
  if (place === 'base-url') return role === 'technician' ? undefined : '/console/configure/general';
  return mayOpen(place, role) ? `/console/elections/${id}/${place}` : undefined;
}

/** Where it is done, for those who may open that page. */
export function taskPath(page: Page, task: Task, scene: TaskScene): string | undefined {
  const place = task.state === 'blocked' ? undefined : placeOf(task, scene);
  return place && pathOf(page, scene.election.id, place);
}

/** Where the obstacle is removed, for those who may open that page. */
export function remedyPath(page: Page, why: Blocker, { election }: TaskScene): string | undefined {
  const place = remedies[why];
  return place && pathOf(page, election.id, place);
}

export const taskTitle = (page: Page, id: TaskId): string => page.t(`checklist.task.${id}`);

export type TaskLabel = 'completed' | 'todo' | 'blocked' | 'optional' | 'left-out';

export function taskLabel({ state, optional, why }: Task): TaskLabel {
  if (why === 'left-out') return 'left-out';
  return state === 'todo' && optional === true ? 'optional' : state;
}

export function blockerSentence(
  page: Page,
  blocker: Blocker,
  { window, minimumBallots }: Pick<TaskScene, 'window' | 'minimumBallots'>,
): string {
  return page.t(`checklist.why.${blocker}`, {
    opens: page.formatInstant(window.opensAt, window.zone),
    closes: page.formatInstant(window.closesAt, window.zone),
    minimum: minimumBallots,
  });
}

/** Whether this account may do it; the clock's tasks are nobody's. */
export const mayDo = (page: Page, { by }: Task): boolean =>
  page.account !== undefined && by.includes(page.account.role);

/** The next step in a line: what is to do and, where it is not for this account, who does it; else what is waited for. */
export function nextSentence(page: Page, { next, window, minimumBallots }: Checklist): string {
  if (next === undefined) return page.t('checklist.next-none');
  if (next.why !== undefined) return blockerSentence(page, next.why, { window, minimumBallots });
  if (next.id === 'watch')
    return page.t('checklist.next-watch', { closes: page.formatShortMoment(window.closesAt, window.zone) });
  const [title, others] = [taskTitle(page, next.id), othersTask(page, next)];
  return others === undefined ? title : `${title}. ${others}`;
}

/** Why this account has no button for what is to do. */
export function othersTask(page: Page, task: Task): string | undefined {
  if (task.state !== 'todo' || mayDo(page, task)) return undefined;
  return page.t(task.by.includes('technician') ? 'checklist.of-technician' : 'checklist.of-admin');
}
