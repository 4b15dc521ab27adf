// When one can vote: the zone is always written, once.
import { html } from 'hono/html';
import type { Html, Page } from './page.ts';
import type { PublicPhase } from './phase.ts';

/** Epoch milliseconds and the IANA zone they are told in. The end itself is outside. */
export interface VotingWindow {
  readonly opensAt: number;
  readonly closesAt: number;
  readonly zone: string;
}

export function windowSentence(page: Page, { opensAt, closesAt, zone }: VotingWindow): string {
  return page.t('election.window', {
    opens: page.formatMoment(opensAt, zone),
    closes: page.formatMoment(closesAt, zone),
    zone: page.formatZone(opensAt, zone),
  });
}

export function windowFacts(page: Page, { opensAt, closesAt, zone }: VotingWindow): Html {
  return html`<dl class="facts facts--window">
    <div>
      <dt>${page.t('election.opens')}</dt>
      <dd>${page.formatMoment(opensAt, zone)}</dd>
    </div>
    <div>
      <dt>${page.t('election.closes')}</dt>
      <dd>${page.formatMoment(closesAt, zone)}</dd>
    </div>
    <div class="facts-note">
      <dt>${page.t('election.zone')}</dt>
      <dd>${page.formatZone(opensAt, zone)}</dd>
    </div>
  </dl>`;
}

const minuteMs = 60_000;

/** Until the close, or the opening; empty afterwards. */
export function timeLeft(
  page: Page,
  { phase, window, now }: { readonly phase: PublicPhase; readonly window: VotingWindow; readonly now: number },
): string {
  if (phase !== 'armed' && phase !== 'open') return '';
  const minutes = Math.floor(((phase === 'open' ? window.closesAt : window.opensAt) - now) / minuteMs);
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24];
  const unit = minutes < 1 ? 'moment' : minutes < 60 ? 'minutes' : minutes < 1440 ? 'hours' : 'days';
  return page.t(`screen.left-${unit}`, {
    what: phase === 'open' ? 'close' : 'open',
    days,
    hours,
    minutes: minutes % 60,
  });
}
