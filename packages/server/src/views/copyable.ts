// A text that is passed on by hand, with a button that copies it where scripts run.
import { html } from 'hono/html';
import type { Html, Page } from './page.ts';

/** `label` says what is copied to those who do not see it stand beside the button. */
export function copyable(page: Page, { id, label, value }: { id: string; label: string; value: string }): Html {
  return html`<span class="copyable">
    <code id="${id}">${value}</code>
    <button
      type="button"
      class="button button--quiet button--small"
      data-copy="${id}"
      data-copied="${page.t('voter.copied')}"
      hidden
    >
      ${page.t('voter.copy')} <span class="visually-hidden">${label}</span>
    </button>
  </span>`;
}
