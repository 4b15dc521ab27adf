// One field for each share, and a sentence for every way a share can be the wrong one.
import type { SharesProblem } from '@votix/protocol';
import { html, type TemplateResult } from 'lit-html';
import { passphraseField } from './key-fields.ts';
import type { Say } from './messages.ts';
import { fieldOf } from './shares.ts';

export interface ShareFields {
  readonly say: Say;
  readonly legend: string;
  readonly typed: readonly string[];
  readonly problem: SharesProblem | null;
  readonly onTyped: (at: number, typed: string) => void;
}

export function shareFields({ say, legend, typed, problem, onTyped }: ShareFields): TemplateResult {
  const faulty = problem === null ? null : fieldOf(problem, typed);
  const oneField = (text: string, at: number) => {
    const id = `share-${at}`;
    const words = {
      id,
      label: say('share-label', { number: at + 1 }),
      hint: '',
      problem: problem !== null && id === faulty ? shareComplaint(say, problem) : null,
    };
    return passphraseField(words, text, (value) => onTyped(at, value));
  };
  return html`<fieldset class="shares">
    <legend>${legend}</legend>
    <p class="hint">${say('share-hint')}</p>
    ${typed.map(oneField)}
  </fieldset>`;
}

function shareComplaint(say: Say, problem: SharesProblem): string {
  switch (problem.reason) {
    case 'malformed-share':
      return say('malformed-share');
    case 'mistyped-share':
      return say('mistyped-share');
    case 'unsupported-share':
      return say('unsupported-share');
    case 'share-of-other-key':
      return say('share-of-other-key');
    case 'share-of-other-split':
      return say('share-of-other-split');
    case 'share-given-twice':
      return say('share-given-twice');
    case 'shares-do-not-fit':
      return say('shares-do-not-fit');
    case 'too-few-shares': {
      const { given, needed } = problem;
      return say('too-few-shares', { given, needed, missing: needed - given });
    }
  }
}
