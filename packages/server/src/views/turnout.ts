// How many have voted: counts only, in words, with a bar drawn by the server.
import { html } from 'hono/html';
import type { Html, Page } from './page.ts';

export interface Turnout {
  readonly voted: number;
  readonly registered: number;
}

export function turnoutFigure(page: Page, { voted, registered }: Turnout): Html {
  const share = page.formatPercent(voted, registered);
  const width = registered === 0 ? 0 : Math.round((1000 * Math.min(voted, registered)) / registered) / 10;
  return html`<div class="turnout">
    <p class="turnout-figure">
      <strong>${page.formatNumber(voted)}</strong>
      <span>${page.t('election.turnout', { voted, registered, share })}</span>
    </p>
    <svg class="meter" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      <rect class="meter-track" width="100" height="4" rx="0" />
      <rect class="meter-value" width="${width}" height="4" rx="0" />
    </svg>
  </div>`;
}

/** One line, for lists. */
export function turnoutLine(page: Page, { voted, registered }: Turnout): string {
  return page.t('election.turnout-line', { voted, registered, share: page.formatPercent(voted, registered) });
}
