// Printing needs a script: the button stays hidden until the console's program finds it; the sentence beside is always true.
import { html } from 'hono/html';
import type { Html, Page } from './page.ts';

export function printButton(page: Page, label: string): Html {
  return html`<button type="button" class="button button--primary" data-print hidden>${label}</button>
    <noscript><p>${page.t('sheets.print-by-hand')}</p></noscript>`;
}
