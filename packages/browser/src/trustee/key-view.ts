// The screens around a trustee's key file: saving it, the passphrase on paper, opening it again to prove it, giving it for the
// next step.
import { html, nothing, type TemplateResult } from 'lit-html';
import { type KeyFileForm, keyFileForm } from '../page/key-file-form.ts';
import { passphrasePaper, proofTrouble } from '../page/passphrase-paper.ts';
import { actionButton } from '../page/views.ts';
import type { Seat } from './data.ts';
import type { TrusteeView } from './screen.ts';
import type { TrusteeState } from './state.ts';

export function saveScreen({ say, data, dispatch }: TrusteeView, state: TrusteeState): TemplateResult {
  const isNew = state.unsaved?.isNew === true;
  return html`<h2 tabindex="-1">${say(isNew ? 'save-title' : 'save-again-title')}</h2>
    <p>${say(isNew ? 'save-text' : 'save-again-text', { file: data.fileName })}</p>
    <div class="actions">
      ${actionButton(say('save'), () => dispatch({ type: 'save-pressed' }), state.isSaved ? 'secondary' : 'primary')}
    </div>
    ${
      state.isSaved
        ? html`<p role="status">${say('saved')}</p>
          ${actionButton(
            say(state.isBusy ? 'sending' : isNew ? 'to-paper' : 'send'),
            () => dispatch({ type: 'saved-pressed' }),
            'primary',
          )}`
        : nothing
    }`;
}

export function paperScreen({ say, data, dispatch }: TrusteeView, state: TrusteeState): TemplateResult {
  if (state.unsaved === null) return html``;
  const { electionName, trusteeName: holder, fileName } = data;
  const { passphrase } = state.unsaved.key;
  return passphrasePaper({ say, electionName, holder, fileName, passphrase, copied: state.copied, dispatch });
}

export function proveScreen(view: TrusteeView, state: TrusteeState): TemplateResult {
  const { say, dispatch } = view;
  return html`<h2 tabindex="-1">${say('prove-title')}</h2>
    <p>${say('prove-text')}</p>
    ${fileAndPassphrase(view, state, {
      label: say(state.isBusy ? 'proving' : 'prove'),
      press: () => dispatch({ type: 'prove-pressed' }),
    })}
    ${proofTrouble({ say, dispatch })}`;
}

/** For a step that takes the key. With it open already, one button. */
export function keyForm(view: TrusteeView, state: TrusteeState, seat: Seat): TemplateResult {
  const { say, dispatch } = view;
  const isShare = seat.stage === 'tallied';
  const act = {
    label: say(state.isBusy ? 'working' : isShare ? 'give-share' : 'go-on'),
    press: () => dispatch({ type: 'go-on-pressed' }),
  };
  return html`${
    state.key === null ? fileAndPassphrase(view, state, act) : actionButton(act.label, act.press, 'primary')
  }
  ${state.progress === null ? nothing : html`<p role="status">${say('progress', state.progress)}</p>`}
  <p class="hint">${say('key-stays')}</p>`;
}

function fileAndPassphrase(
  { say, dispatch }: TrusteeView,
  state: TrusteeState,
  act: KeyFileForm['act'],
): TemplateResult {
  const { keyProblem, faulty, typedPassphrase, isBusy } = state;
  const problem = keyProblem && {
    text: say(`problem-${keyProblem}`, { name: faulty ?? '' }),
    isOfPassphrase: keyProblem === 'wrong-passphrase',
  };
  return keyFileForm({ say, dispatch, problem, typedPassphrase, isBusy, act });
}
