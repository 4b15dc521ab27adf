// The wizard's proof: what was kept is given back, and every way that can fail has its sentence.
import { html, nothing, type TemplateResult } from 'lit-html';
import { keyFileField, passphraseField } from '../page/key-fields.ts';
import type { Say } from '../page/messages.ts';
import { actionButton } from '../page/views.ts';
import type { KeysView } from './screen.ts';
import type { KeysState, ProofProblem } from './state.ts';

export function provePage({ say, dispatch, data }: KeysView, state: KeysState): TemplateResult {
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
      <button class="button button--primary" aria-disabled=${state.isBusy}>
        ${say(state.isBusy ? 'proving' : 'prove')}
      </button>
      <p role="status" class="visually-hidden">${state.isBusy ? say('proving') : nothing}</p>
    </form>
    <details class="ways-out">
      <summary>${say('prove-trouble')}</summary>
      <div class="actions">
        ${actionButton(say('save-again'), () => dispatch({ type: 'save-pressed' }))}
        ${actionButton(say('show-passphrase'), () => dispatch({ type: 'passphrase-wanted' }))}
        ${actionButton(say('start-over'), () => dispatch({ type: 'start-over-pressed' }))}
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
