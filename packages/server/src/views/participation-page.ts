// Participation in the console: the same numbers as in public, all of them on one page.
import { html } from 'hono/html';
import { type ElectionHead, layoutConsole } from './layout-console.ts';
import type { Html, Page } from './page.ts';
import {
  groupTable,
  type ParticipationView,
  type PeriodView,
  periodSection,
  promotionSection,
} from './participation.ts';
import { turnoutFigure } from './turnout.ts';

export interface ParticipationPageView {
  readonly election: ElectionHead;
  readonly hasStarted: boolean;
  readonly participation: ParticipationView;
  readonly periods: readonly PeriodView[];
  readonly zone: string;
  /** Epoch milliseconds; while voting is open. */
  readonly asOf: number | undefined;
}

export function participationPage(page: Page, view: ParticipationPageView): Html {
  const { election, participation } = view;
  const title = page.t('nav.step.participation');
  const path = `/console/elections/${election.id}/participation`;
  const content = view.hasStarted
    ? html`<div class="title-row">
          <h1>${title}</h1>
          <a class="button button--secondary" href="${page.href(`${path}/csv`)}" download>${page.t('turnout.csv')}</a>
        </div>
        ${turnoutFigure(page, participation.total)}
        ${periodSection(page, { periods: view.periods, zone: view.zone, asOf: view.asOf, path })}
        ${buildingSection(page, participation)} ${promotionSection(page, participation)}
        <p class="hint">${page.t('turnout.same-for-all')}</p>`
    : html`<h1>${title}</h1>
        <div class="empty">
          <h2>${page.t('turnout.empty-title')}</h2>
          <p>${page.t('turnout.empty')}</p>
        </div>`;
  return layoutConsole(page, { title, election, current: 'participation', content });
}

function buildingSection(page: Page, { buildings, total }: ParticipationView): Html | '' {
  if (buildings.length === 0) return '';
  const title = page.t('turnout.per-building');
  return html`<section>
    <h2>${title}</h2>
    ${groupTable(page, title, buildings, total)}
  </section>`;
}
