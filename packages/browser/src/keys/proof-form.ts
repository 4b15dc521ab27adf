// What the holders give back, and a sentence for every way it can be the wrong thing: the key file, and the passphrase or
// the shares of one.
import { html, nothing, type TemplateResult } from 'lit-html';
import type { SharesProblem } from '@votix/protocol';
import { keyFileField, passphraseField } from '../page/key-fields.ts';
import type { Say } from '../page/messages.ts';
import { shareFields } from '../page/share-fields.ts';
import { isOfPassphrase } from './reduce-proof.ts';
import type { ProofEvent, ProofProblem } from './state.ts';

export interface ProofForm {
  readonly say: Say;
  readonly dispatch: (event: ProofEvent) => void;
  readonly isBusy: boolean;
  readonly fileHint: string;
  /** Undefined where one passphrase opens the file. */
  readonly sharesLegend: string | undefined;
  readonly typedPassphrase: string;
  readonly typedShares: readonly string[];
  readonly sharesProblem: SharesProblem | null;
  readonly problem: { readonly of: ProofProblem; readonly sentence: string } | null;
}

export function proofForm(form: ProofForm): TemplateResult {
  const { say, dispatch, isBusy, problem } = form;
  const submit = (event: Event) => {
    event.preventDefault();
    dispatch({ type: 'prove-pressed' });
  };
  const ofFile = problem === null || isOfPassphrase(problem.of) ? null : problem.sentence;
  return html`<form method="dialog" novalidate autocomplete="off" aria-busy=${isBusy} @submit=${submit}>
    ${keyFileField({ id: 'key-file', label: say('file-label'), hint: form.fileHint, problem: ofFile }, (text) =>
      dispatch({ type: 'file-chosen', text }),
    )}
    ${form.sharesLegend === undefined ? passphraseGiven(form) : sharesGiven(form, form.sharesLegend)}
    <button class="button button--primary" aria-disabled=${isBusy}>${say(isBusy ? 'proving' : 'prove')}</button>
    <p role="status" class="visually-hidden">${isBusy ? say('proving') : nothing}</p>
  </form>`;
}

function passphraseGiven({ say, dispatch, problem, typedPassphrase }: ProofForm): TemplateResult {
  return passphraseField(
    {
      id: 'passphrase',
      label: say('passphrase-label'),
      hint: say('passphrase-hint'),
      problem: problem !== null && isOfPassphrase(problem.of) ? problem.sentence : null,
    },
    typedPassphrase,
    (typed) => dispatch({ type: 'passphrase-typed', typed }),
  );
}

function sharesGiven({ say, dispatch, typedShares, sharesProblem }: ProofForm, legend: string): TemplateResult {
  return shareFields({
    say,
    legend,
    typed: typedShares,
    problem: sharesProblem,
    onTyped: (at, typed) => dispatch({ type: 'share-typed', at, typed }),
  });
}

export function proofComplaint(say: Say, problem: ProofProblem): string {
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
