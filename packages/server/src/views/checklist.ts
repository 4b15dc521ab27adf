// The home of an election: its tasks in order, each completed, to do, or not possible yet and why. One primary button, and
// none that the account could not use.
import { html } from 'hono/html';
import { attributes } from './attributes.ts';
import { type ElectionHead, layoutConsole, mayOpen } from './layout-console.ts';
import { doneNotice, notice } from './notice.ts';
import type { Html, Page } from './page.ts';
import { phasePill } from './phase.ts';
import {
  blockerSentence,
  type Checklist,
  type LastProof,
  mayDo,
  nextSentence,
  othersTask,
  remedyPath,
  type Task,
  taskLabel,
  taskPath,
  taskTitle,
} from './tasks.ts';
import { type Turnout, turnoutFigure } from './turnout.ts';
import { windowFacts } from './window.ts';

export interface ChecklistView extends Checklist {
  readonly election: ElectionHead;
  /** From the opening on. */
  readonly turnout?: Turnout | undefined;
  /** Voters whose code is paused now. */
  readonly lockedCodes: number;
  readonly done?: string | undefined;
}

export function checklistPage(page: Page, view: ChecklistView): Html {
  const { election, tasks, turnout } = view;
  const content = html`${doneNotice(view.done)}
    <div class="title-row title-row--start">
      <h1>${election.name}</h1>
      ${phasePill(page, election.phase)}
    </div>
    ${windowFacts(page, view.window)} ${turnout === undefined ? '' : turnoutFigure(page, turnout)}
    ${view.lockedCodes === 0 ? '' : lockedNotice(page, view)} ${nextStep(page, view)}
    <h2>${page.t('checklist.title')}</h2>
    <ol class="task-list">
      ${tasks.map((task) => taskRow(page, view, task))}
    </ol>
    ${otherActs(page, view.election)}`;
  return layoutConsole(page, { title: page.t('nav.step.overview'), election, current: 'overview', content });
}

function nextStep(page: Page, view: ChecklistView): Html {
  return html`<section class="next-step" aria-label="${page.t('checklist.next')}">
    <p class="eyebrow">${page.t('checklist.next')}</p>
    ${view.next === undefined ? over(page, view) : toDo(page, view, view.next)}
  </section>`;
}

function over(page: Page, view: ChecklistView): Html {
  const { phase } = view.election;
  const said = phase === 'abandoned' || phase === 'archived' ? phase : 'published';
  return html`<p>${page.t(`checklist.over.${said}`)}</p>
    <div class="actions">${elsewhere(page, view)}</div>`;
}

/** What is to do; for others to do, who does it; while nobody can, what is waited for and where it is mended. */
function toDo(page: Page, view: ChecklistView, next: Task): Html {
  const [path, remedy] = [taskPath(page, next, view), next.why && remedyPath(page, next.why, view)];
  if (path === undefined || !mayDo(page, next))
    return html`<p ${attributes({ 'data-awaited': next.why === 'being-sealed' })}>${nextSentence(page, view)}</p>
      <div class="actions">
        ${remedy === undefined ? elsewhere(page, view) : primary(page, remedy, page.t('checklist.mend'))}
      </div>`;
  return html`<p>${hintOf(page, view, next)}</p>
    <div class="actions">${primary(page, path, taskTitle(page, next.id))} ${secondWay(page, view, next)}</div>`;
}

function hintOf(page: Page, { hasMail, window }: ChecklistView, { id }: Task): string {
  if (id === 'links') return page.t(hasMail ? 'checklist.hint.links-mail' : 'checklist.hint.links-paper');
  if (id !== 'watch') return page.t(`checklist.hint.${id}`);
  const closes = page.formatInstant(window.closesAt, window.zone);
  return page.t(page.account?.role === 'admin' ? 'checklist.hint.watch' : 'checklist.hint.watch-only', { closes });
}

/** Where there is another way to do it. */
function secondWay(page: Page, { election, hasMail }: ChecklistView, { id }: Task): Html | '' {
  if (id !== 'links' || !hasMail) return '';
  const path = page.href(`/console/elections/${election.id}/sheets`);
  return html`<a class="button button--secondary" href="${path}">${page.t('checklist.on-paper')}</a>`;
}

const primary = (page: Page, path: string, text: string): Html =>
  html`<a class="button button--primary" href="${page.href(path)}">${text}</a>`;

/** For those with nothing to do now: the public page, or what is prepared while there is none. */
function elsewhere(page: Page, { election }: ChecklistView): Html {
  if (election.phase !== 'draft') return primary(page, `/elections/${election.id}`, page.t('checklist.public-page'));
  const step = mayOpen('contests', page.account?.role ?? 'observer') ? 'contests' : 'candidates';
  return primary(page, `/console/elections/${election.id}/${step}`, page.t('checklist.look'));
}

/** Beside the steps: a copy, and the deletion of a draft. */
function otherActs(page: Page, { id, phase, rehearsalOf }: ElectionHead): Html | '' {
  if (page.account?.role !== 'admin' || rehearsalOf !== undefined) return '';
  const link = (act: 'clone' | 'delete', look: string) =>
    html`<a class="button ${look}" href="${page.href(`/console/elections/${id}/${act}`)}">${page.t(`checklist.${act}`)}</a>`;
  return html`<div class="actions apart">
    ${link('clone', 'button--secondary')} ${phase === 'draft' ? link('delete', 'button--danger') : ''}
  </div>`;
}

function taskRow(page: Page, view: ChecklistView, task: Task): Html {
  const path = taskPath(page, task, view);
  const title = taskTitle(page, task.id);
  const others = othersTask(page, task);
  const hint = others ?? (taskLabel(task) === 'optional' ? hintOf(page, view, task) : undefined);
  return html`<li class="task task--${task.state} ${task === view.next ? 'task--next' : ''}" data-task="${task.id}">
    <div class="task-name">
      ${path === undefined ? title : html`<a href="${page.href(path)}">${title}</a>`}
      ${task.why === undefined ? '' : whyNot(page, view, task.why)}
      ${hint === undefined ? '' : html`<p class="hint">${hint}</p>`}
      ${task.proof === undefined ? '' : proofLine(page, view, task.proof)}
    </div>
    <span class="task-state">${page.t(`checklist.state.${taskLabel(task)}`)}</span>
  </li>`;
}

/** Between arming and the opening lie weeks: the day shows whether somebody has looked at the key since. */
function proofLine(page: Page, { election }: ChecklistView, { day, again }: LastProof): Html {
  const link = html`<a href="${page.href(`/console/elections/${election.id}/prove`)}">${page.t('checklist.prove-again')}</a>`;
  const mayProve = again && mayOpen('arm', page.account?.role ?? 'observer');
  return html`<p class="hint">${page.t('checklist.proven', { day: page.formatDay(day) })} ${mayProve ? link : ''}</p>`;
}

function whyNot(page: Page, view: ChecklistView, why: NonNullable<Task['why']>): Html {
  const path = remedyPath(page, why, view);
  const sentence = blockerSentence(page, why, view);
  return html`<p class="hint">${path === undefined ? sentence : html`<a href="${page.href(path)}">${sentence}</a>`}</p>`;
}

function lockedNotice(page: Page, { election, lockedCodes }: ChecklistView): Html {
  const link = html`<a href="${page.href(`/console/elections/${election.id}/voters`)}">${page.t('checklist.locked-link')}</a>`;
  return notice('warn', page.t('checklist.locked', { count: lockedCodes }), link);
}
