// How many have voted: counts only, in words, with a bar drawn by the server.
import { html } from 'hono/html';
import { attributes } from './attributes.ts';
import { visibleColour } from './colour.ts';
import { liveText, liveWidth } from './live.ts';
import type { Html, Page } from './page.ts';

export interface Turnout {
  readonly voted: number;
  readonly registered: number;
  /** The last ones are held back while voting is open: the number is a lower limit. */
  readonly atLeast: boolean;
}

/** `live`: the election's name in what changes while the page stands open. */
export function turnoutFigure(page: Page, turnout: Turnout, live?: string): Html {
  const { voted, registered, atLeast } = turnout;
  return html`<div class="turnout">
    <p class="turnout-figure">
      ${atLeast ? html`<span>${page.t('election.at-least')}</span>` : ''}
      <strong ${liveText(live, 'voted')}>${page.formatNumber(voted)}</strong>
      <span ${liveText(live, 'of')}>${turnoutWords(page, turnout)}</span>
    </p>
    ${meter(voted, registered, { live })} ${atLeast ? html`<p class="hint">${page.t('election.at-least-why')}</p>` : ''}
  </div>`;
}

/** What stands behind the number. */
export function turnoutWords(page: Page, { voted, registered }: Turnout): string {
  return page.t('election.turnout', { voted, registered, share: page.formatPercent(voted, registered) });
}

interface MeterLook {
  /** What changes it while the page stands open, as in `turnoutFigure`. */
  readonly live?: string | undefined;
  /** Of its width in what changes. */
  readonly name?: string;
  /** `#rrggbb`, of what it measures; the page's own without. */
  readonly colour?: string | undefined;
}

export function meter(voted: number, registered: number, { live, name = 'width', colour }: MeterLook = {}): Html {
  const value = attributes({
    class: colour === undefined ? 'meter-value' : 'meter-own',
    fill: colour === undefined ? undefined : visibleColour(colour),
    width: meterWidth(voted, registered),
  });
  return html`<svg class="meter" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" focusable="false">
    <rect class="meter-track" width="100" height="4" />
    <rect ${value} ${liveWidth(live, name)} height="4" />
  </svg>`;
}

/** Percent, to a tenth. */
export const meterWidth = (voted: number, registered: number): number =>
  registered === 0 ? 0 : Math.round((1000 * Math.min(voted, registered)) / registered) / 10;

/** One line, for lists. */
export function turnoutLine(page: Page, { voted, registered, atLeast }: Turnout): string {
  const share = page.formatPercent(voted, registered);
  return page.t('election.turnout-line', { voted, registered, share, limit: atLeast ? 'lower' : 'none' });
}
