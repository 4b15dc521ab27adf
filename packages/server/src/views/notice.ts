// A boxed message with its meaning in words, never in colour alone.
import { html } from 'hono/html';
import type { Html, Page } from './page.ts';

export type NoticeKind = 'info' | 'good' | 'warn' | 'bad';

export function notice(kind: NoticeKind, title: string, text: string | Html = ''): Html {
  return html`<div class="notice notice--${kind}">
    <p class="notice-title">${title}</p>
    ${text === '' ? '' : html`<div>${text}</div>`}
  </div>`;
}

/** What has just been done; read out by screen readers when the page arrives. */
export function doneNotice(text: string | undefined): Html | '' {
  if (text === undefined) return '';
  return html`<div class="notice notice--good" role="status"><p class="notice-title">${text}</p></div>`;
}

/** On the pages of the key and the result, which an abandoned election no longer has. */
export const abandonedNotice = (page: Page): Html =>
  notice('info', page.t('reason.election-abandoned.title'), page.t('reason.election-abandoned.detail'));
