// A file with its passphrase, and one button: how trustees and registrars give what only they have.
import { html, nothing, type TemplateResult } from 'lit-html';
import { keyFileField, passphraseField } from './key-fields.ts';
import type { Say } from './messages.ts';

type Given =
  | { readonly type: 'file-chosen'; readonly text: string }
  | { readonly type: 'passphrase-typed'; readonly typed: string };

export interface KeyFileForm {
  readonly say: Say;
  readonly dispatch: (event: Given) => void;
  /** Of the file, or of its passphrase. */
  readonly problem: { readonly text: string; readonly isOfPassphrase: boolean } | null;
  readonly typedPassphrase: string;
  readonly isBusy: boolean;
  readonly act: { readonly label: string; readonly press: () => void };
  readonly hint?: string;
  /** In characters. */
  readonly fileLimit?: number;
}

export function keyFileForm({ say, dispatch, act, hint, ...form }: KeyFileForm): TemplateResult {
  const problemOf = (ofPassphrase: boolean) =>
    form.problem?.isOfPassphrase === ofPassphrase ? form.problem.text : null;
  const submit = (event: Event) => {
    event.preventDefault();
    act.press();
  };
  return html`<form method="dialog" novalidate autocomplete="off" @submit=${submit}>
    ${keyFileField(
      { id: 'key-file', label: say('file-label'), hint: say('file-hint'), problem: problemOf(false) },
      (text) => dispatch({ type: 'file-chosen', text }),
      form.fileLimit,
    )}
    ${passphraseField(
      { id: 'passphrase', label: say('passphrase-label'), hint: say('passphrase-hint'), problem: problemOf(true) },
      form.typedPassphrase,
      (typed) => dispatch({ type: 'passphrase-typed', typed }),
    )}
    <button class="button button--primary" aria-disabled=${form.isBusy}>${act.label}</button>
    ${hint === undefined ? nothing : html`<p class="hint">${hint}</p>`}
  </form>`;
}
