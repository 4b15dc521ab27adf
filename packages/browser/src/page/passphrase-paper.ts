// The step after a file was saved: its passphrase is printed or noted, before it must be typed again.
import { html, nothing, type TemplateResult } from 'lit-html';
import { passphraseGroups } from './groups.ts';
import type { Say } from './messages.ts';
import { actionButton } from './views.ts';

export interface PassphrasePaper {
  readonly say: Say;
  readonly electionName: string;
  readonly holder: string;
  readonly fileName: string;
  readonly passphrase: string;
  readonly copied: 'yes' | 'no' | null;
  readonly dispatch: (event: { readonly type: 'print-pressed' | 'copy-pressed' | 'noted-pressed' }) => void;
}

export interface ProofTrouble {
  readonly say: Say;
  readonly dispatch: (event: { readonly type: 'save-pressed' | 'passphrase-wanted' }) => void;
}

/** Below the proof: the ways back to what is missing. */
export function proofTrouble({ say, dispatch }: ProofTrouble): TemplateResult {
  return html`<details class="ways-out">
    <summary>${say('prove-trouble')}</summary>
    <div class="actions">
      ${actionButton(say('save-again'), () => dispatch({ type: 'save-pressed' }))}
      ${actionButton(say('show-passphrase'), () => dispatch({ type: 'passphrase-wanted' }))}
    </div>
  </details>`;
}

export function passphrasePaper(paper: PassphrasePaper): TemplateResult {
  const { say, dispatch } = paper;
  return html`<h2 tabindex="-1">${say('paper-title')}</h2>
    <p>${say('paper-text')}</p>
    <section class="passphrase-sheet" aria-label=${say('sheet-title')}>
      <p class="passphrase-sheet-title">${say('sheet-title')}</p>
      <p>${paper.electionName} – ${paper.holder}</p>
      ${passphraseGroups(paper.passphrase)}
      <p class="hint">${say('sheet-file', { file: paper.fileName })}</p>
    </section>
    <div class="actions">
      ${actionButton(say('print'), () => dispatch({ type: 'print-pressed' }))}
      ${actionButton(say('copy'), () => dispatch({ type: 'copy-pressed' }))}
    </div>
    <p role="status" class="hint">
      ${paper.copied === null ? nothing : say(paper.copied === 'yes' ? 'copied' : 'copy-failed')}
    </p>
    ${actionButton(say('to-proof'), () => dispatch({ type: 'noted-pressed' }), 'primary')}`;
}
