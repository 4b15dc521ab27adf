// The deliberation page: the key, the progress, the result, the end.
import { html, nothing, type TemplateResult } from 'lit-html';
import type { Say } from '../page/messages.ts';
import { toldProblem } from '../page/told-problem.ts';
import { actionButton, stepList } from '../page/views.ts';
import { formatSeconds } from '../page/pace.ts';
import { keyPage } from './key-view.ts';
import { donePage, resultPage } from './result-view.ts';
import type { BoxProblem, DeliberationState, Stage } from './state.ts';
import type { DeliberationView } from './screen.ts';

const STEP_OF: Readonly<Record<Stage, number>> = { key: 0, opening: 1, failed: 1, result: 2, done: 3 };

export function deliberationPage(view: DeliberationView, state: DeliberationState): TemplateResult {
  const { say } = view;
  const steps = [say('step-key'), say('step-opening'), say('step-result')];
  return html`<div class="ceremony card" data-stage=${state.stage}>
    ${stepList(say('steps'), steps, STEP_OF[state.stage])} ${stagePage(view, state)}
  </div>`;
}

export function deliberationTitle(view: DeliberationView, { stage }: DeliberationState): string {
  return `${stageTitle(view.say, stage)} – ${view.data.electionName}`;
}

function stageTitle(say: Say, stage: Stage): string {
  switch (stage) {
    case 'key':
      return say('key-title');
    case 'opening':
      return say('opening-title');
    case 'failed':
      return say('failed-title');
    case 'result':
      return say('result-title');
    case 'done':
      return say('done-title');
  }
}

function stagePage(view: DeliberationView, state: DeliberationState): TemplateResult {
  switch (state.stage) {
    case 'key':
      return keyPage(view, state);
    case 'opening':
      return openingPage(view, state);
    case 'failed':
      return failedPage(view, state);
    case 'result':
      return resultPage(view, state);
    case 'done':
      return donePage(view);
  }
}

function openingPage(view: DeliberationView, { progress }: DeliberationState): TemplateResult {
  const { say, dispatch, data, formatNumber } = view;
  const doing = progress?.doing ?? 'reading';
  const done = progress?.done ?? 0;
  const values = { done: formatNumber(done), total: formatNumber(data.ballots) };
  const left = progress?.secondsLeft ?? null;
  return html`
    <h2 tabindex="-1">${say('opening-title')}</h2>
    <p id="doing">${say(doing === 'reading' ? 'reading' : 'decrypting')}</p>
    <progress aria-labelledby="doing" max=${Math.max(data.ballots, 1)} .value=${done}></progress>
    <p>${say('progress', values)}</p>
    <p>${left === null ? say('estimating') : say('time-left', { time: formatSeconds(left) })}</p>
    <p role="status" class="visually-hidden">${spokenProgress(view, doing, done)}</p>
    <p class="hint">${say('leave-open')}</p>
    ${actionButton(say('cancel'), () => dispatch({ type: 'cancel-pressed' }))}
  `;
}

/** Spoken at each quarter only: a screen reader must not be flooded. */
function spokenProgress({ say, data }: DeliberationView, doing: 'reading' | 'decrypting', done: number): string {
  const quarters = data.ballots === 0 ? 4 : Math.floor((4 * done) / data.ballots);
  return `${say(doing === 'reading' ? 'reading' : 'decrypting')} ${quarters * 25} %`;
}

function failedPage(view: DeliberationView, state: DeliberationState): TemplateResult {
  const { say, dispatch } = view;
  return html`
    <h2 tabindex="-1">${say('failed-title')}</h2>
    <div class="notice notice--bad" role="alert">
      ${state.boxProblem === null ? nothing : boxComplaint(view, state.boxProblem)}
    </div>
    <p>${say('failed-text')}</p>
    <div class="actions">
      ${actionButton(say('retry'), () => dispatch({ type: 'retry-pressed' }), 'primary')}
      ${actionButton(say('cancel'), () => dispatch({ type: 'cancel-pressed' }))}
    </div>
  `;
}

function boxComplaint({ say, data, formatNumber }: DeliberationView, problem: BoxProblem) {
  switch (problem.kind) {
    case 'unreachable':
      return html`<p>${say('unreachable')}</p>`;
    case 'other-number':
      return html`<p>
        ${say('other-number', { found: formatNumber(problem.found), expected: formatNumber(data.ballots) })}
      </p>`;
    case 'other-order':
      return html`<p>${say('other-order')}</p>`;
    case 'other-hash':
      return html`<p>${say('other-hash')}</p>`;
    case 'workers':
      return html`<p>${say('workers-failed')}</p>`;
    case 'told':
      return toldProblem(say, problem.problem);
  }
}
