// The front door: this organisation's elections, and the way in for those with a personal key.
import { html } from 'hono/html';
import { layoutPublic } from './layout.ts';
import { type LivePage, liveRoot, liveText } from './live.ts';
import type { Html, Page } from './page.ts';
import { type PublicPhase, publicPhasePill } from './phase.ts';
import { buildingCards, type ParticipationView } from './participation.ts';
import { turnoutLine } from './turnout.ts';
import { type VotingWindow, windowSentence } from './window.ts';

export interface HomeElection {
  readonly id: string;
  readonly name: string;
  readonly phase: PublicPhase;
  readonly window: VotingWindow;
  /** From the opening on. */
  readonly participation?: ParticipationView | undefined;
}

export interface HomeView {
  readonly elections: readonly HomeElection[];
  readonly live: LivePage;
}

export function homePage(page: Page, { elections, live }: HomeView): Html {
  const title = page.t('home.title');
  const content = html`<h1>${title}</h1>
    <div ${liveRoot(page, live)}>
    ${
      elections.length === 0
        ? html`<div class="empty">
          <h2>${page.t('home.empty-title')}</h2>
          <p>${page.t('home.empty')}</p>
        </div>`
        : html`<ul class="election-list">
          ${elections.map((election) => electionCard(page, election))}
        </ul>`
    }
    </div>
    <section class="card card--quiet" aria-labelledby="have-key">
      <h2 id="have-key">${page.t('home.key-title')}</h2>
      <p>${page.t('home.key-text')}</p>
      <p>
        <a class="button button--secondary" href="${page.href('/vote')}">${page.t('home.key-link')}</a>
      </p>
    </section>`;
  return layoutPublic(page, { title, content, scripts: ['console'] });
}

function electionCard(page: Page, { id, name, phase, window, participation }: HomeElection): Html {
  return html`<li class="card election-card">
    <p>${publicPhasePill(page, phase)}</p>
    <h2><a href="${page.href(`/elections/${id}`)}">${name}</a></h2>
    <p>${windowSentence(page, window)}</p>
    ${
      participation === undefined
        ? ''
        : html`<p class="quiet" ${liveText(id, 'line')}>${turnoutLine(page, participation.total)}</p>
          ${buildingCards(page, participation, id)}`
    }
  </li>`;
}
