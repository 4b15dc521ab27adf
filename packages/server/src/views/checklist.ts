// The home of an election: its tasks in order, each completed, to do, or not possible yet and why. One primary button.
import { html } from 'hono/html';
import { type ElectionHead, layoutConsole } from './layout-console.ts';
import { doneNotice, notice } from './notice.ts';
import type { Html, Page } from './page.ts';
import { phasePill } from './phase.ts';
import { type Turnout, turnoutFigure } from './turnout.ts';
import { type VotingWindow, windowFacts } from './window.ts';

export type TaskId =
  'details' | 'candidates' | 'voters' | 'trustees' | 'arm' | 'sheets' | 'open' | 'close' | 'deliberate' | 'publish';

/** Why something cannot be done yet; the sentences are the messages `checklist.why.*`. */
export type Blocker =
  | 'no-candidates'
  | 'too-few-candidates'
  | 'too-many-choices'
  | 'no-trustees'
  | 'threshold-too-low'
  | 'trustees-unfinished'
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
  | 'abandoned';

export interface Task {
  readonly id: TaskId;
  readonly state: 'completed' | 'todo' | 'blocked';
  /** For blocked ones. */
  readonly why?: Blocker | undefined;
}

export interface ChecklistView {
  readonly election: ElectionHead;
  readonly window: VotingWindow;
  readonly tasks: readonly Task[];
  /** From the opening on. */
  readonly turnout?: Turnout | undefined;
  /** Voters whose code is paused now. */
  readonly lockedCodes: number;
  readonly minimumBallots: number;
  readonly done?: string | undefined;
}

/** The page where each obstacle is removed. */
const remedies: Readonly<Partial<Record<Blocker, string>>> = {
  'no-candidates': 'candidates',
  'too-few-candidates': 'candidates',
  'no-voters': 'voters',
  'no-trustees': 'trustees',
  'threshold-too-low': 'trustees',
  'trustees-unfinished': 'trustees',
  'too-many-choices': 'contests',
  'roll-too-small': 'contests',
  'window-past': 'details',
  'not-armed': 'arm',
  'not-deliberated': 'deliberate',
};

/** The page of each task; opening and closing happen by the clock. */
const pages: Readonly<Record<TaskId, string | undefined>> = {
  details: 'details',
  candidates: 'candidates',
  voters: 'voters',
  trustees: 'trustees',
  arm: 'arm',
  sheets: 'sheets',
  open: undefined,
  close: undefined,
  deliberate: 'deliberate',
  publish: 'result',
};

export function checklistPage(page: Page, view: ChecklistView): Html {
  const { election, tasks, turnout } = view;
  const next = tasks.find((task) => task.state === 'todo' && pages[task.id] !== undefined);
  const content = html`${doneNotice(view.done)}
    <div class="title-row title-row--start">
      <h1>${election.name}</h1>
      ${phasePill(page, election.phase)}
    </div>
    ${windowFacts(page, view.window)} ${turnout === undefined ? '' : turnoutFigure(page, turnout)}
    ${view.lockedCodes === 0 ? '' : lockedNotice(page, view)} ${nextStep(page, view, next)}
    <h2>${page.t('checklist.title')}</h2>
    <ol class="task-list">
      ${tasks.map((task) => taskRow(page, view, task, task === next))}
    </ol>
    ${otherActs(page, view.election)}`;
  return layoutConsole(page, { title: page.t('nav.step.overview'), election, current: 'overview', content });
}

export function blockerSentence(
  page: Page,
  blocker: Blocker,
  { window, minimumBallots }: Pick<ChecklistView, 'window' | 'minimumBallots'>,
): string {
  return page.t(`checklist.why.${blocker}`, {
    opens: page.formatInstant(window.opensAt, window.zone),
    closes: page.formatInstant(window.closesAt, window.zone),
    minimum: minimumBallots,
  });
}

function nextStep(page: Page, view: ChecklistView, next: Task | undefined): Html {
  const { id, phase } = view.election;
  const waiting =
    phase === 'draft'
      ? undefined
      : html`<a class="button button--primary" href="${page.href(`/elections/${id}`)}"
    >${page.t('checklist.public-page')}</a
  >`;
  if (next === undefined) {
    return html`<section class="next-step" aria-label="${page.t('checklist.next')}">
      <p class="eyebrow">${page.t('checklist.next')}</p>
      <p>${page.t(`checklist.waiting.${phase}`)}</p>
      ${waiting ?? ''}
    </section>`;
  }
  return html`<section class="next-step" aria-label="${page.t('checklist.next')}">
    <p class="eyebrow">${page.t('checklist.next')}</p>
    <p>${page.t(`checklist.hint.${next.id}`)}</p>
    <a class="button button--primary" href="${taskHref(page, view, next.id) ?? ''}"
      >${page.t(`checklist.task.${next.id}`)}</a
    >
  </section>`;
}

/** Beside the steps: a copy, and the deletion of a draft. */
function otherActs(page: Page, { id, phase }: ElectionHead): Html | '' {
  if (page.account?.role !== 'admin') return '';
  const link = (act: 'clone' | 'delete', look: string) =>
    html`<a class="button ${look}" href="${page.href(`/console/elections/${id}/${act}`)}">${page.t(`checklist.${act}`)}</a>`;
  return html`<div class="actions apart">
    ${link('clone', 'button--secondary')} ${phase === 'draft' ? link('delete', 'button--danger') : ''}
  </div>`;
}

function taskHref(page: Page, { election }: ChecklistView, task: TaskId): string | undefined {
  const step = pages[task];
  return step === undefined ? undefined : page.href(`/console/elections/${election.id}/${step}`);
}

function whyNot(page: Page, view: ChecklistView, why: Blocker): Html {
  const remedy = remedies[why];
  const sentence = blockerSentence(page, why, view);
  const href = page.href(`/console/elections/${view.election.id}/${remedy}`);
  return html`<p class="hint">${remedy === undefined ? sentence : html`<a href="${href}">${sentence}</a>`}</p>`;
}

function taskRow(page: Page, view: ChecklistView, { id, state, why }: Task, isNext: boolean): Html {
  const href = taskHref(page, view, id);
  const name = page.t(`checklist.task.${id}`);
  const link = href === undefined || state === 'blocked' ? name : html`<a href="${href}">${name}</a>`;
  return html`<li class="task task--${state} ${isNext ? 'task--next' : ''}">
    <div class="task-name">
      ${link} ${why === undefined ? '' : whyNot(page, view, why)}
    </div>
    <span class="task-state">${page.t(`checklist.state.${state}`)}</span>
  </li>`;
}

function lockedNotice(page: Page, { election, lockedCodes }: ChecklistView): Html {
  const link = html`<a href="${page.href(`/console/elections/${election.id}/voters`)}">${page.t('checklist.locked-link')}</a>`;
  return notice('warn', page.t('checklist.locked', { count: lockedCodes }), link);
}
