// A check that failed, said loudly: on every console page of the election, and for everyone on its public page.
import { html } from 'hono/html';
import type { Html, Page } from './page.ts';

export type AlarmName = 'counts' | 'box' | 'chain';

/** Nothing when all is well. `more` leads to the panel, where there is one. */
export function alarmBanner(page: Page, alarms: readonly AlarmName[], more?: string): Html | '' {
  if (alarms.length === 0) return '';
  return html`<div class="notice notice--bad alarm" role="alert">
    <p class="notice-title">${page.t('integrity.alarm-title')}</p>
    <div>
      ${alarms.map((name) => html`<p>${page.t(`integrity.alarm-${name}`)}</p>`)}
      ${more === undefined ? '' : html`<p><a href="${page.href(more)}">${page.t('integrity.alarm-more')}</a></p>`}
    </div>
  </div>`;
}
