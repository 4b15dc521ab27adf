// The deliberation page: the key, the progress, the result, the end.
import { html, nothing, type TemplateResult } from 'lit-html';
import { fingerprintGroups } from '../page/groups.ts';
import { keyFileField, passphraseField } from '../page/key-fields.ts';
import type { Say } from '../page/messages.ts';
import { toldProblem } from '../page/told-problem.ts';
import { stepList } from '../page/views.ts';
import { formatSeconds } from './pace.ts';
import { isOfPassphrase } from './reduce.ts';
import { donePage, resultPage } from './result-view.ts';
import type { BoxProblem, DeliberationState, KeyProblem, Stage } from './state.ts';
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

function keyPage({ say, dispatch, data, formatNumber }: DeliberationView, state: DeliberationState): TemplateResult {
  const problem = state.keyProblem;
  const complaint = problem === null ? null : keyComplaint(say, problem);
  const isAtPassphrase = problem !== null && isOfPassphrase(problem);
  const submit = (event: Event) => {
    event.preventDefault();
    dispatch({ type: 'open-pressed' });
  };
  return html`
    <h2 tabindex="-1">${say('key-title')}</h2>
    <p>${say('key-text', { ballots: formatNumber(data.ballots) })}</p>
    <form method="dialog" novalidate autocomplete="off" aria-busy=${state.isBusy} @submit=${submit}>
      ${keyFileField(
        {
          id: 'key-file',
          label: say('file-label'),
          hint: say('file-hint'),
          problem: isAtPassphrase ? null : complaint,
        },
        (text) => dispatch({ type: 'file-chosen', text }),
      )}
      ${problem?.kind === 'other-key' ? otherKey(say, problem.fingerprint, state.fingerprint) : nothing}
      ${passphraseField(
        {
          id: 'passphrase',
          label: say('passphrase-label'),
          hint: say('passphrase-hint'),
          problem: isAtPassphrase ? complaint : null,
        },
        state.typedPassphrase,
        (typed) => dispatch({ type: 'passphrase-typed', typed }),
      )}
      <button class="button button--primary" aria-disabled=${state.isBusy}>
        ${say(state.isBusy ? 'opening-key' : 'open')}
      </button>
      <p role="status" class="visually-hidden">${state.isBusy ? say('opening-key') : nothing}</p>
    </form>
    <p class="hint">${say('key-stays')}</p>
  `;
}

function otherKey(say: Say, found: string, expected: string): TemplateResult {
  return html`<dl class="frozen">
    <div>
      <dt>${say('found-fingerprint')}</dt>
      <dd>${fingerprintGroups(found)}</dd>
    </div>
    <div>
      <dt>${say('expected-fingerprint')}</dt>
      <dd>${fingerprintGroups(expected)}</dd>
    </div>
  </dl>`;
}

function keyComplaint(say: Say, { kind }: KeyProblem): string {
  switch (kind) {
    case 'no-file':
      return say('no-file');
    case 'malformed-key-file':
      return say('malformed-key-file');
    case 'unsupported-key-file':
      return say('unsupported-key-file');
    case 'malformed-passphrase':
      return say('malformed-passphrase');
    case 'wrong-passphrase':
      return say('wrong-passphrase');
    case 'other-key':
      return say('other-key');
    case 'unusable':
      return say('unusable');
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
    <button type="button" class="button button--secondary" @click=${() => dispatch({ type: 'cancel-pressed' })}>
      ${say('cancel')}
    </button>
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
      <button type="button" class="button button--primary" @click=${() => dispatch({ type: 'retry-pressed' })}>
        ${say('retry')}
      </button>
      <button type="button" class="button button--secondary" @click=${() => dispatch({ type: 'cancel-pressed' })}>
        ${say('cancel')}
      </button>
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
