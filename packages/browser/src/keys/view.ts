// The arm wizard's pages up to the proof: one thing to do on each.
import { html, nothing, type TemplateResult } from 'lit-html';
import { fingerprintGroups, passphraseGroups } from '../page/groups.ts';
import { keyFileField, passphraseField } from '../page/key-fields.ts';
import type { Say } from '../page/messages.ts';
import { stepList } from '../page/views.ts';
import { confirmPage, donePage } from './confirm-view.ts';
import { STAGES, type KeysState, type ProofProblem } from './state.ts';
import type { KeysView } from './screen.ts';

export function keysPage(view: KeysView, state: KeysState): TemplateResult {
  const { say } = view;
  const steps = [say('step-explain'), say('step-save'), say('step-passphrase'), say('step-prove'), say('step-confirm')];
  return html`<div class="ceremony card" data-stage=${state.stage}>
    ${stepList(say('steps'), steps, STAGES.indexOf(state.stage))} ${stagePage(view, state)}
  </div>`;
}

export function keysTitle({ say, data }: Pick<KeysView, 'say' | 'data'>, state: KeysState): string {
  return `${stageTitle(say, state)} – ${data.electionName}`;
}

function stageTitle(say: Say, { stage }: KeysState): string {
  switch (stage) {
    case 'explain':
      return say('explain-title');
    case 'save':
      return say('save-title');
    case 'passphrase':
      return say('passphrase-title');
    case 'prove':
      return say('prove-title');
    case 'confirm':
      return say('confirm-title');
    case 'done':
      return say('done-title');
  }
}

function stagePage(view: KeysView, state: KeysState): TemplateResult {
  switch (state.stage) {
    case 'explain':
      return explainPage(view, state);
    case 'save':
      return savePage(view, state);
    case 'passphrase':
      return passphrasePage(view, state);
    case 'prove':
      return provePage(view, state);
    case 'confirm':
      return confirmPage(view, state);
    case 'done':
      return donePage(view, state);
  }
}

function explainPage({ say, dispatch, data }: KeysView, state: KeysState): TemplateResult {
  return html`
    <h2 tabindex="-1">${say('explain-title')}</h2>
    <p>${say('explain-text', { election: data.electionName })}</p>
    <ul class="explained">
      <li>${say('explain-file')}</li>
      <li>${say('explain-passphrase')}</li>
    </ul>
    <p>${say('explain-proof-and-arm')}</p>
    <p class="notice notice--warn">${say('explain-warning')}</p>
    <p>${say('explain-have-ready')}</p>
    ${state.makingFailed ? html`<p class="problem" role="alert">${say('making-failed')}</p>` : nothing}
    <button
      type="button"
      class="button button--primary"
      aria-disabled=${state.isBusy}
      @click=${() => dispatch({ type: 'make-pressed' })}
    >
      ${say(state.isBusy ? 'making' : 'make')}
    </button>
    <p role="status" class="visually-hidden">${state.isBusy ? say('making') : nothing}</p>
  `;
}

function savePage({ say, dispatch, data }: KeysView, state: KeysState): TemplateResult {
  return html`
    <h2 tabindex="-1">${say('save-title')}</h2>
    <p>${say('save-text')}</p>
    <p class="file-name"><code>${data.fileName}</code></p>
    <button
      type="button"
      class=${state.isSaved ? 'button button--secondary' : 'button button--primary'}
      @click=${() => dispatch({ type: 'save-pressed' })}
    >
      ${say(state.isSaved ? 'save-again' : 'save')}
    </button>
    <div role="status">${state.isSaved ? html`<p>${say('saved')}</p>` : nothing}</div>
    ${
      state.isSaved
        ? html`<button
          type="button"
          class="button button--primary"
          @click=${() => dispatch({ type: 'saved-pressed' })}
        >
          ${say('to-passphrase')}
        </button>`
        : nothing
    }
  `;
}

function passphrasePage({ say, dispatch, data }: KeysView, state: KeysState): TemplateResult {
  if (state.secrets === null) return html``;
  return html`
    <h2 tabindex="-1">${say('passphrase-title')}</h2>
    <p>${say('passphrase-text')}</p>
    <section class="passphrase-sheet" aria-label=${say('sheet-title')}>
      <p class="passphrase-sheet-title">${say('sheet-title')}</p>
      <p>${data.electionName}</p>
      ${passphraseGroups(state.secrets.passphrase)}
      <p class="hint">${say('sheet-file', { file: data.fileName })}</p>
      <div class="on-paper">
        <p>${say('fingerprint')}</p>
        ${fingerprintGroups(state.secrets.fingerprint)}
        <p>${say('sheet-keep')}</p>
      </div>
    </section>
    <div class="actions">
      <button type="button" class="button button--secondary" @click=${() => dispatch({ type: 'print-pressed' })}>${say('print')}</button>
      <button type="button" class="button button--secondary" @click=${() => dispatch({ type: 'copy-pressed' })}>${say('copy')}</button>
    </div>
    <p role="status" class="hint">
      ${state.copied === null ? nothing : say(state.copied === 'yes' ? 'copied' : 'copy-failed')}
    </p>
    <button type="button" class="button button--primary" @click=${() => dispatch({ type: 'noted-pressed' })}>
      ${say('to-proof')}
    </button>
  `;
}

function provePage({ say, dispatch, data }: KeysView, state: KeysState): TemplateResult {
  const problem = state.proofProblem;
  const isOfPassphrase = problem === 'malformed-passphrase' || problem === 'wrong-passphrase';
  const submit = (event: Event) => {
    event.preventDefault();
    dispatch({ type: 'prove-pressed' });
  };
  return html`
    <h2 tabindex="-1">${say('prove-title')}</h2>
    <p>${say('prove-text')}</p>
    <form method="dialog" novalidate autocomplete="off" aria-busy=${state.isBusy} @submit=${submit}>
      ${keyFileField(
        {
          id: 'key-file',
          label: say('file-label'),
          hint: say('file-hint', { file: data.fileName }),
          problem: problem === null || isOfPassphrase ? null : proofComplaint(say, problem),
        },
        (text) => dispatch({ type: 'file-chosen', text }),
      )}
      ${passphraseField(
        {
          id: 'passphrase',
          label: say('passphrase-label'),
          hint: say('passphrase-hint'),
          problem: problem !== null && isOfPassphrase ? proofComplaint(say, problem) : null,
        },
        state.typedPassphrase,
        (typed) => dispatch({ type: 'passphrase-typed', typed }),
      )}
      <button class="button button--primary" aria-disabled=${state.isBusy}>${say(state.isBusy ? 'proving' : 'prove')}</button>
      <p role="status" class="visually-hidden">${state.isBusy ? say('proving') : nothing}</p>
    </form>
    <details class="ways-out">
      <summary>${say('prove-trouble')}</summary>
      <div class="actions">
        <button type="button" class="button button--secondary" @click=${() => dispatch({ type: 'save-pressed' })}>${say('save-again')}</button>
        <button type="button" class="button button--secondary" @click=${() => dispatch({ type: 'passphrase-wanted' })}>
          ${say('show-passphrase')}
        </button>
        <button type="button" class="button button--secondary" @click=${() => dispatch({ type: 'start-over-pressed' })}>
          ${say('start-over')}
        </button>
      </div>
    </details>
  `;
}

function proofComplaint(say: Say, problem: ProofProblem): string {
  switch (problem) {
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
    case 'challenge-failed':
      return say('challenge-failed');
  }
}
