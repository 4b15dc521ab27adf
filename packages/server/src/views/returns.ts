// Mails that came back: whether Votix looks for them, and how the last look went.
import { html } from 'hono/html';
import { notice } from './notice.ts';
import type { Html, Page } from './page.ts';

export interface ReturnsView {
  readonly username: string;
  /** Undefined before the first look. */
  readonly lookedAt?: number | undefined;
  /** A sentence: `returns.problem.<problem>`. */
  readonly problem?: string | undefined;
}

export function returnsSection(page: Page, returns: ReturnsView | undefined, zone: string): Html {
  return html`<section aria-labelledby="returns">
    <h2 id="returns">${page.t('returns.title')}</h2>
    ${
      returns === undefined
        ? html`<p>${page.t('returns.none')}</p>`
        : html`<p>${page.t('returns.lead', { username: returns.username })}</p>
          ${state(page, returns, zone)}`
    }
  </section>`;
}

function state(page: Page, { lookedAt, problem }: ReturnsView, zone: string): Html {
  if (problem !== undefined)
    return notice('bad', page.t('returns.problem-title'), page.t(`returns.problem.${problem as 'login-failed'}`));
  if (lookedAt === undefined) return html`<p class="quiet">${page.t('returns.not-yet')}</p>`;
  return html`<p class="quiet">${page.t('returns.looked', { when: page.formatShortMoment(lookedAt, zone) })}</p>`;
}
