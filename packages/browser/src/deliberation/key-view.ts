// The opening's first page: the key file and its passphrase, and every way they can be the wrong ones.
import { html, nothing, type TemplateResult } from 'lit-html';
import { fingerprintGroups } from '../page/groups.ts';
import { keyFileField, passphraseField } from '../page/key-fields.ts';
import type { Say } from '../page/messages.ts';
import { isOfPassphrase } from './reduce.ts';
import type { DeliberationView } from './screen.ts';
import type { DeliberationState, KeyProblem } from './state.ts';

export function keyPage(
  { say, dispatch, data, formatNumber }: DeliberationView,
  state: DeliberationState,
): TemplateResult {
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
