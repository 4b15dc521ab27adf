// The screens around a registrar's file: saving it, the passphrase on paper, opening it again to prove it, opening it later.
import { html, nothing, type TemplateResult } from 'lit-html';
import { type KeyFileForm, keyFileForm } from '../page/key-file-form.ts';
import { passphrasePaper, proofTrouble } from '../page/passphrase-paper.ts';
import { actionButton } from '../page/views.ts';
import type { RegistrarView } from './screen.ts';
import type { RegistrarState } from './state.ts';

/** Ten thousand voters make two megabytes. */
const FILE_LIMIT = 100_000_000;

export function saveScreen({ say, data, dispatch }: RegistrarView, state: RegistrarState): TemplateResult {
  return html`<h2 tabindex="-1">${say('save-title')}</h2>
    <p>${say('save-text', { file: data.fileName })}</p>
    <div class="actions">
      ${actionButton(say('save'), () => dispatch({ type: 'save-pressed' }), state.isSaved ? 'secondary' : 'primary')}
    </div>
    ${
      state.isSaved
        ? html`<p role="status">${say('saved')}</p>
          ${actionButton(say('to-paper'), () => dispatch({ type: 'saved-pressed' }), 'primary')}`
        : nothing
    }`;
}

export function paperScreen({ say, data, dispatch }: RegistrarView, state: RegistrarState): TemplateResult {
  if (state.made === null) return html``;
  const { electionName, registrarName: holder, fileName } = data;
  const { passphrase } = state.made;
  return passphrasePaper({ say, electionName, holder, fileName, passphrase, copied: state.copied, dispatch });
}

export function proveScreen(view: RegistrarView, state: RegistrarState): TemplateResult {
  const { say, dispatch } = view;
  const press = () => dispatch({ type: 'prove-pressed' });
  if (state.isProven)
    return html`<h2 tabindex="-1">${say('hand-in-title')}</h2>
      <p>${say('hand-in-text')}</p>
      ${progressOf(view, state)}
      ${state.isBusy ? nothing : actionButton(say('hand-in-again'), press, 'primary')}`;
  return html`<h2 tabindex="-1">${say('prove-title')}</h2>
    <p>${say('prove-text')}</p>
    ${fileForm(view, state, { label: say(state.isBusy ? 'opening' : 'prove'), press })}
    ${proofTrouble({ say, dispatch })}`;
}

export function progressOf({ say }: RegistrarView, { progress }: RegistrarState): TemplateResult | typeof nothing {
  if (progress === null) return nothing;
  return html`<progress max=${Math.max(1, progress.total)} value=${progress.done} aria-label=${say('progress-label')}></progress>
    <p role="status">${say('progress', progress)}</p>`;
}

export function fileForm(
  { say, dispatch }: RegistrarView,
  state: RegistrarState,
  act: KeyFileForm['act'],
): TemplateResult {
  const { fileProblem, typedPassphrase, isBusy } = state;
  const problem = fileProblem && {
    text: say(`problem-${fileProblem}`),
    isOfPassphrase: fileProblem === 'wrong-passphrase',
  };
  const hint = say('stays');
  return keyFileForm({ say, dispatch, problem, typedPassphrase, isBusy, act, hint, fileLimit: FILE_LIMIT });
}
