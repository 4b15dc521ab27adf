// A mail as its reader will see it: the same words in the same order as the bytes that go out, at a phone's width or a
// desk's, on a light or a dark screen, or as plain text.
import { html } from 'hono/html';
import type { Html, Page } from './page.ts';

export type MailKind = 'invitation' | 'link' | 'code' | 'reminder';

export type LetterPart =
  | { readonly kind: 'head'; readonly text: string }
  | { readonly kind: 'notice'; readonly text: string }
  | { readonly kind: 'text'; readonly pieces: readonly { readonly text: string; readonly strong: boolean }[] }
  | { readonly kind: 'link'; readonly href: string; readonly label: string }
  | { readonly kind: 'code'; readonly code: string };

export interface LetterPreview {
  readonly locale: 'en' | 'fr';
  readonly to: string;
  readonly from: string;
  readonly subject: string;
  readonly parts: readonly LetterPart[];
  readonly plain: string;
}

export type Paper = 'phone' | 'desktop' | 'dark' | 'text';
export const papers: readonly Paper[] = ['phone', 'desktop', 'dark', 'text'];

export function letterPreview(page: Page, letter: LetterPreview, paper: Paper = 'desktop'): Html {
  return html`<article class="letter letter--${paper}" lang="${letter.locale}" aria-label="${letter.subject}">
    <header class="letter-head">
      <p class="letter-subject">${letter.subject}</p>
      <p>${page.t('mails.letter-from', { from: letter.from })}</p>
      <p>${page.t('mails.letter-to', { to: letter.to })}</p>
    </header>
    ${
      paper === 'text'
        ? html`<pre class="letter-plain">${letter.plain}</pre>`
        : html`<div class="letter-body">${letter.parts.map(part)}</div>`
    }
  </article>`;
}

/** The way in is shown, not given: nothing here can be pressed. */
function part(shown: LetterPart): Html {
  if (shown.kind === 'code') return html`<p class="letter-code">${shown.code}</p>`;
  if (shown.kind === 'head') return html`<p class="letter-organisation">${shown.text}</p>`;
  if (shown.kind === 'notice') return html`<p class="letter-notice">${shown.text}</p>`;
  if (shown.kind === 'text')
    return html`<p class="letter-text">${shown.pieces.map(({ text, strong }) => (strong ? html`<strong>${text}</strong>` : text))}</p>`;
  return html`<p><span class="letter-button">${shown.label}</span></p>
    <p class="letter-link">${shown.href}</p>`;
}
