// The two things a key holder brings: the key file from their disk and the passphrase from their paper.
import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';

/** Larger files are never read: no key file of any kind is near this size. */
const FILE_LIMIT = 20_000;

export interface FieldWords {
  readonly id: string;
  readonly label: string;
  /** Empty where what stands above says enough. */
  readonly hint: string;
  readonly problem: string | null;
}

/** Gives the file's text, or an empty text (which is no key file) when it is too large or cannot be read. */
export function keyFileField(words: FieldWords, onFile: (text: string) => void, limit = FILE_LIMIT): TemplateResult {
  const chosen = (event: Event) => {
    const file = (event.target as HTMLInputElement).files?.[0];
    void readSmallFile(file, limit).then(onFile);
  };
  return field(
    words,
    html`<input
      type="file"
      id=${words.id}
      aria-describedby=${describedBy(words)}
      aria-invalid=${words.problem === null ? nothing : 'true'}
      @change=${chosen}
    />`,
  );
}

export function passphraseField(words: FieldWords, typed: string, onTyped: (typed: string) => void): TemplateResult {
  return field(
    words,
    html`<input
      type="text"
      class="passphrase-field"
      id=${words.id}
      autocomplete="off"
      autocapitalize="characters"
      spellcheck="false"
      maxlength="100"
      aria-describedby=${describedBy(words)}
      aria-invalid=${words.problem === null ? nothing : 'true'}
      .value=${live(typed)}
      @input=${(event: Event) => onTyped((event.target as HTMLInputElement).value)}
    />`,
  );
}

export function field(words: FieldWords, input: TemplateResult): TemplateResult {
  return html`<div class=${words.problem === null ? 'field' : 'field field--wrong'}>
    <label for=${words.id}>${words.label}</label>
    ${words.hint === '' ? nothing : html`<p class="hint" id="${words.id}-hint">${words.hint}</p>`}
    ${words.problem === null ? nothing : html`<p class="problem" id="${words.id}-problem">${words.problem}</p>`}
    ${input}
  </div>`;
}

export function describedBy({ id, hint, problem }: FieldWords): string | typeof nothing {
  const ids = [hint === '' ? '' : `${id}-hint`, problem === null ? '' : `${id}-problem`].filter((name) => name !== '');
  return ids.length === 0 ? nothing : ids.join(' ');
}

async function readSmallFile(file: File | undefined, limit: number): Promise<string> {
  if (file === undefined || file.size > limit) return '';
  try {
    return await file.text();
  } catch {
    return ''; // taken away between choosing and reading
  }
}
