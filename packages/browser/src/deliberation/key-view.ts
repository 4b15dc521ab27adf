// The opening's first page: the key file and its passphrase, and every way they can be the wrong ones.
import { html, nothing, type TemplateResult } from 'lit-html';
import { fingerprintGroups } from '../page/groups.ts';
import { keyFileField, passphraseField } from '../page/key-fields.ts';
import type { Say } from '../page/messages.ts';
import { shareFields } from '../page/share-fields.ts';
import type { KeyShares } from '../page/shares.ts';
import { isOfPassphrase } from './reduce.ts';
import type { DeliberationView } from './screen.ts';
import type { DeliberationState, KeyProblem } from './state.ts';

export function keyPage(view: DeliberationView, state: DeliberationState): TemplateResult {
  const { say, dispatch, data, formatNumber } = view;
  const problem = state.keyProblem;
  const isOfFile = problem !== null && problem.kind !== 'shares' && !isOfPassphrase(problem);
  const submit = (event: Event) => {
    event.preventDefault();
    dispatch({ type: 'open-pressed' });
  };
  return html`
    <h2 tabindex="-1">${say('key-title')}</h2>
    <p>${say('key-text', { ballots: formatNumber(data.ballots) })}</p>
    ${state.keyShares === null ? nothing : sharesText(view, state.keyShares)}
    <form method="dialog" novalidate autocomplete="off" aria-busy=${state.isBusy} @submit=${submit}>
      ${keyFileField(
        {
          id: 'key-file',
          label: say('file-label'),
          hint: say('file-hint'),
          problem: isOfFile ? keyComplaint(say, problem) : null,
        },
        (text) => dispatch({ type: 'file-chosen', text }),
      )}
      ${problem?.kind === 'other-key' ? otherKey(say, problem.fingerprint, state.fingerprint) : nothing}
      ${state.keyShares === null ? passphraseGiven(view, problem, state) : sharesGiven(view, problem, state)}
      <button class="button button--primary" aria-disabled=${state.isBusy}>
        ${say(state.isBusy ? 'opening-key' : 'open')}
      </button>
      <p role="status" class="visually-hidden">${state.isBusy ? say('opening-key') : nothing}</p>
    </form>
    <p class="hint">${say('key-stays')}</p>
  `;
}

/** Whoever stands at this machine holds the whole key for a moment: it is said before anything is typed. */
function sharesText({ say }: DeliberationView, { needed, holders }: KeyShares): TemplateResult {
  return html`<p>${say('shares-text', { needed, holders })}</p>
    <p class="notice notice--warn">${say('shares-warning')}</p>`;
}

function passphraseGiven(
  { say, dispatch }: DeliberationView,
  problem: KeyProblem | null,
  { typedPassphrase }: DeliberationState,
): TemplateResult {
  return passphraseField(
    {
      id: 'passphrase',
      label: say('passphrase-label'),
      hint: say('passphrase-hint'),
      problem: problem !== null && isOfPassphrase(problem) ? keyComplaint(say, problem) : null,
    },
    typedPassphrase,
    (typed) => dispatch({ type: 'passphrase-typed', typed }),
  );
}

function sharesGiven(
  { say, dispatch }: DeliberationView,
  problem: KeyProblem | null,
  { typedShares }: DeliberationState,
): TemplateResult {
  return shareFields({
    say,
    legend: say('shares-needed', { needed: typedShares.length }),
    typed: typedShares,
    problem: problem?.kind === 'shares' ? problem.shares : null,
    onTyped: (at, typed) => dispatch({ type: 'share-typed', at, typed }),
  });
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

function keyComplaint(say: Say, { kind }: Exclude<KeyProblem, { kind: 'shares' }>): string {
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
    case 'other-file':
      return say('other-file');
    case 'unusable':
      return say('unusable');
  }
}
