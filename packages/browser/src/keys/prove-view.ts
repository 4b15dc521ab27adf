// The wizard's proof: what was kept is given back, and every way that can fail has its sentence.
import { html, nothing, type TemplateResult } from 'lit-html';
import { keyFileField, passphraseField } from '../page/key-fields.ts';
import type { Say } from '../page/messages.ts';
import { shareFields } from '../page/share-fields.ts';
import { actionButton } from '../page/views.ts';
import type { KeysView } from './screen.ts';
import type { KeysState, ProofProblem } from './state.ts';

export function provePage(view: KeysView, state: KeysState): TemplateResult {
  const { say, dispatch, data } = view;
  const problem = state.proofProblem;
  const isOfPassphrase = problem === 'malformed-passphrase' || problem === 'wrong-passphrase';
  const submit = (event: Event) => {
    event.preventDefault();
    dispatch({ type: 'prove-pressed' });
  };
  const isOwn = state.way === 'own';
  return html`
    <h2 tabindex="-1">${say(isOwn ? 'own-title' : 'prove-title')}</h2>
    <p>${say(isOwn ? 'own-text' : state.secrets?.keyShares ? 'prove-text-shares' : 'prove-text')}</p>
    <form method="dialog" novalidate autocomplete="off" aria-busy=${state.isBusy} @submit=${submit}>
      ${keyFileField(
        {
          id: 'key-file',
          label: say('file-label'),
          hint: isOwn ? say('own-file-hint') : say('file-hint', { file: data.fileName }),
          problem: problem === null || isOfPassphrase ? null : proofComplaint(say, problem),
        },
        (text) => dispatch({ type: 'file-chosen', text }),
      )}
      ${state.secrets?.keyShares ? sharesGiven(view, state) : passphraseGiven(view, state, isOfPassphrase)}
      <button class="button button--primary" aria-disabled=${state.isBusy}>
        ${say(state.isBusy ? 'proving' : 'prove')}
      </button>
      <p role="status" class="visually-hidden">${state.isBusy ? say('proving') : nothing}</p>
    </form>
    ${isOwn ? wayBack(view) : waysOut(view, state)}
  `;
}

function passphraseGiven({ say, dispatch }: KeysView, state: KeysState, isWrong: boolean): TemplateResult {
  return passphraseField(
    {
      id: 'passphrase',
      label: say('passphrase-label'),
      hint: say('passphrase-hint'),
      problem: state.proofProblem !== null && isWrong ? proofComplaint(say, state.proofProblem) : null,
    },
    state.typedPassphrase,
    (typed) => dispatch({ type: 'passphrase-typed', typed }),
  );
}

function sharesGiven({ say, dispatch }: KeysView, state: KeysState): TemplateResult {
  return shareFields({
    say,
    legend: say('shares-all', { holders: state.typedShares.length }),
    typed: state.typedShares,
    problem: state.sharesProblem,
    onTyped: (at, typed) => dispatch({ type: 'share-typed', at, typed }),
  });
}

function waysOut({ say, dispatch }: KeysView, state: KeysState): TemplateResult {
  const again = state.secrets?.keyShares ? 'show-shares' : 'show-passphrase';
  return html`<details class="ways-out">
    <summary>${say('prove-trouble')}</summary>
    <div class="actions">
      ${actionButton(say('save-again'), () => dispatch({ type: 'save-pressed' }))}
      ${actionButton(say(again), () => dispatch({ type: 'passphrase-wanted' }))}
      ${actionButton(say('start-over'), () => dispatch({ type: 'start-over-pressed' }))}
    </div>
  </details>`;
}

function wayBack({ say, dispatch }: KeysView): TemplateResult {
  return html`<p>${actionButton(say('back'), () => dispatch({ type: 'start-over-pressed' }), 'quiet')}</p>`;
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
    case 'other-file':
      return say('other-file');
    case 'challenge-failed':
      return say('challenge-failed');
  }
}
