// The arm wizard's pages up to the proof: one thing to do on each.
import { html, nothing, type TemplateResult } from 'lit-html';
import type { Say } from '../page/messages.ts';
import { actionButton, stepList } from '../page/views.ts';
import { confirmPage, donePage } from './confirm-view.ts';
import { explainPage } from './explain-view.ts';
import { paperPage } from './paper-view.ts';
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

function stageTitle(say: Say, { stage, secrets, way }: KeysState): string {
  switch (stage) {
    case 'explain':
      return say('explain-title');
    case 'save':
      return say('save-title');
    case 'passphrase':
      return say(secrets?.keyShares ? 'shares-title' : 'passphrase-title');
    case 'prove':
      return say(way === 'own' ? 'own-title' : 'prove-title');
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
      return paperPage(view, state);
    case 'prove':
      return provePage(view, state);
    case 'confirm':
      return confirmPage(view, state);
    case 'done':
      return donePage(view, state);
  }
}

function savePage({ say, dispatch, data }: KeysView, state: KeysState): TemplateResult {
  return html`
    <h2 tabindex="-1">${say('save-title')}</h2>
    <p>${say('save-text')}</p>
    ${state.secrets?.keyShares ? html`<p>${say('save-text-shares')}</p>` : nothing}
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
        ? actionButton(
            say(state.secrets?.keyShares ? 'to-shares' : 'to-passphrase'),
            () => dispatch({ type: 'saved-pressed' }),
            'primary',
          )
        : nothing
    }
  `;
}
