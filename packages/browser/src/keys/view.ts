// The arm wizard's pages up to the proof: one thing to do on each.
import { html, nothing, type TemplateResult } from 'lit-html';
import { fingerprintGroups, passphraseGroups } from '../page/groups.ts';
import type { Say } from '../page/messages.ts';
import { actionButton, stepList } from '../page/views.ts';
import { confirmPage, donePage } from './confirm-view.ts';
import { provePage } from './prove-view.ts';
import { STAGES, type KeysState } from './state.ts';
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
      state.isSaved ? actionButton(say('to-passphrase'), () => dispatch({ type: 'saved-pressed' }), 'primary') : nothing
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
      ${actionButton(say('print'), () => dispatch({ type: 'print-pressed' }))}
      ${actionButton(say('copy'), () => dispatch({ type: 'copy-pressed' }))}
    </div>
    <p role="status" class="hint">
      ${state.copied === null ? nothing : say(state.copied === 'yes' ? 'copied' : 'copy-failed')}
    </p>
    ${actionButton(say('to-proof'), () => dispatch({ type: 'noted-pressed' }), 'primary')}
  `;
}
