// The hall's screen: what a television shows of the elections, read from the back of the room, with nobody at the keys. Its
// program writes the numbers in place; without it the page asks for itself again.
import { html } from 'hono/html';
import { alarmBanner, type AlarmName } from './alarm.ts';
import { attributes } from './attributes.ts';
import { documentOf } from './layout.ts';
import { type LivePage, liveRoot, liveText } from './live.ts';
import { mark } from './mark.ts';
import type { Html, Page } from './page.ts';
import type { ParticipationView } from './participation.ts';
import { type PublicPhase, publicPhasePill } from './phase.ts';
import { figure, groups, isDense, moreLine } from './screen-participation.ts';
import { resultPart } from './screen-result.ts';
import type { ResultView } from './tally.ts';
import { timeLeft, type VotingWindow } from './window.ts';

export interface ScreenElection {
  readonly id: string;
  readonly name: string;
  readonly phase: PublicPhase;
  readonly window: VotingWindow;
  readonly participation?: ParticipationView | undefined;
  readonly result?: ResultView | undefined;
  /** The box stays closed for ever: it holds fewer ballots than this. */
  readonly belowMinimum?: number | undefined;
  readonly abandoned?: { readonly at: number; readonly reason: string } | undefined;
  readonly alarms: readonly AlarmName[];
}

export interface ScreenView {
  readonly elections: readonly ScreenElection[];
  readonly now: number;
  /** Of the clock. */
  readonly zone: string;
  readonly live: LivePage;
}

const refreshSeconds = 20;
/** More could not be read from the back of a hall. */
const mostElections = 6;

export function screenPage(page: Page, view: ScreenView): Html {
  const { elections, now } = view;
  const title = page.t('screen.title');
  const [only] = elections;
  const body = html`<header class="screen-head">
      <p class="screen-brand">${mark()}<span>${page.organisation}</span></p>
      <p class="screen-clock" ${attributes({ 'data-clock': view.zone })}>${page.formatClock(now, view.zone)}</p>
    </header>
    <main id="content" class="screen" tabindex="-1" ${liveRoot(page, view.live)}>
      ${
        only === undefined
          ? html`<div class="screen-empty"><h1>${page.t('home.empty-title')}</h1></div>`
          : elections.length === 1
            ? whole(page, only, now)
            : several(page, elections, now)
      }
    </main>
    <p class="screen-lost" role="status" data-live-lost="${page.t('screen.lost', { at: '{at}' })}" hidden></p>`;
  return documentOf(page, { title, bodyClass: 'screen-page', scripts: ['console'], refreshSeconds, body });
}

/** One election fills the screen. */
function whole(page: Page, election: ScreenElection, now: number): Html {
  const { id, name, phase, participation, result } = election;
  const length = name.length > 110 ? 'longest' : name.length > 45 ? 'long' : 'short';
  const density = participation === undefined ? 'plain' : isDense(participation) ? 'dense' : 'loose';
  return html`<article class="screen-election screen-election--${density}">
    ${alarmBanner(page, election.alarms)}
    <header class="screen-title">
      <h1 class="screen-name screen-name--${length}">${name}</h1>
      ${publicPhasePill(page, phase)}
    </header>
    ${
      result === undefined
        ? html`${participation === undefined ? '' : figure(page, id, participation)}
          ${outcome(page, election)} ${participation === undefined || election.belowMinimum !== undefined ? '' : groups(page, id, participation)}`
        : resultPart(page, result)
    }
    ${when(page, election, now)}
  </article>`;
}

/** What there is to say without a result. */
function outcome(page: Page, { phase, abandoned, belowMinimum, window }: ScreenElection): Html | '' {
  const said = (title: string, text: string) =>
    html`<div class="screen-said">
      <h2>${title}</h2>
      <p>${text}</p>
    </div>`;
  if (abandoned !== undefined) {
    const at = page.formatMoment(abandoned.at, window.zone);
    return said(page.t('election.abandoned-title', { at }), abandoned.reason);
  }
  if (belowMinimum !== undefined)
    return said(page.t('election.below-minimum-title'), page.t('election.below-minimum', { minimum: belowMinimum }));
  if (phase === 'closed' || phase === 'deliberated')
    return said(page.t('screen.closed-title'), page.t('screen.closed'));
  return '';
}

function when(page: Page, { id, phase, window }: ScreenElection, now: number): Html | '' {
  if (phase !== 'armed' && phase !== 'open') return '';
  const { opensAt, closesAt, zone } = window;
  const next = phase === 'armed' ? opensAt : closesAt;
  return html`<p class="screen-when">
    <strong class="screen-left" ${liveText(id, 'left')}>${timeLeft(page, { phase, window, now })}</strong>
    <span>
      ${page.t(phase === 'armed' ? 'screen.opens' : 'screen.closes', {
        at: page.formatMoment(next, zone),
        zone: page.formatZone(next, zone),
      })}
    </span>
  </p>`;
}

/** Several at once: each with what matters most. The link is for whoever sets the screen up. */
function several(page: Page, elections: readonly ScreenElection[], now: number): Html {
  const shown = elections.slice(0, mostElections);
  return html`<h1 class="visually-hidden">${page.t('screen.title')}</h1>
    <ul class="screen-several screen-several--${shown.length > 3 ? 'many' : 'few'}">
      ${shown.map((election) => {
        const { id, name, phase, participation, alarms } = election;
        return html`<li class="screen-card">
          ${alarmBanner(page, alarms)}
          <p>${publicPhasePill(page, phase)}</p>
          <h2 class="screen-card-name"><a href="${page.href(`/screen/${id}`)}">${name}</a></h2>
          ${participation === undefined ? '' : figure(page, id, participation)} ${outcome(page, election)}
          ${when(page, election, now)}
        </li>`;
      })}
    </ul>
    ${moreLine(page, 'elections', elections.length - shown.length)}`;
}
