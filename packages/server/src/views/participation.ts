// Participation as everyone sees it: in all, per building, per promotion, over time. The numbers come as disclosure.ts let
// them through; the same on public pages, in the console and on the hall's screen.
import { html } from 'hono/html';
import { buildingSign, type Sign } from './building-sign.ts';
import { columnChart } from './columns.ts';
import { liveText } from './live.ts';
import type { Html, Page } from './page.ts';
import { meter, type Turnout } from './turnout.ts';

export interface GroupView {
  readonly label: string;
  readonly voted: number;
  readonly registered: number;
  /** Of a building. */
  readonly sign?: Sign | undefined;
}

export interface PeriodView {
  readonly from: number;
  readonly to: number;
  readonly votes: number;
}

export interface ParticipationView {
  readonly total: Turnout;
  readonly buildings: readonly GroupView[];
  readonly promotions: readonly GroupView[];
  /** There are promotions, and their numbers wait for the close. */
  readonly promotionsLater: boolean;
}

/** "At least 12 of 40 (30 %)". */
export function groupLine(page: Page, { voted, registered }: GroupView, atLeast: boolean): string {
  const share = page.formatPercent(voted, registered);
  return page.t('turnout.group', { voted, registered, share, limit: atLeast ? 'lower' : 'none' });
}

/** One card a building; nothing when there is nothing to tell apart. */
export function buildingCards(page: Page, { total, buildings }: ParticipationView, live?: string): Html | '' {
  if (buildings.length === 0) return '';
  return html`<ul class="group-cards">
    ${buildings.map((group, n) => groupCard(page, group, total.atLeast, { live, name: `b${n}` }))}
  </ul>`;
}

interface InLive {
  readonly live: string | undefined;
  readonly name: string;
}

function groupCard(page: Page, group: GroupView, atLeast: boolean, { live, name }: InLive): Html {
  const { sign, voted, registered } = group;
  return html`<li class="group-card">
    ${sign === undefined ? '' : buildingSign(page, sign)}
    <div>
      <p class="group-name">${group.label}</p>
      <p ${liveText(live, name)}>${groupLine(page, group, atLeast)}</p>
      ${meter(voted, registered, { live, name: `${name}w`, colour: sign?.colour })}
    </div>
  </li>`;
}

/** A table with every group, its numbers and a bar beside. */
export function groupTable(
  page: Page,
  title: string,
  groups: readonly GroupView[],
  { atLeast, live }: { readonly atLeast: boolean; readonly live?: string | undefined },
): Html {
  return html`<div class="table-frame" tabindex="0" role="region" aria-label="${title}">
    <table class="table table--stack">
      <caption class="visually-hidden">${title}</caption>
      <thead>
        <tr>
          <th scope="col">${page.t('turnout.group-name')}</th>
          <th scope="col" class="number">${page.t(atLeast ? 'turnout.voted-at-least' : 'turnout.voted')}</th>
          <th scope="col" class="number">${page.t('turnout.registered')}</th>
          <th scope="col" class="number">${page.t('turnout.share')}</th>
        </tr>
      </thead>
      <tbody>
        ${groups.map((group, n) => groupRow(page, group, { live, name: `p${n}` }))}
      </tbody>
    </table>
  </div>`;
}

function groupRow(page: Page, { label, voted, registered, sign }: GroupView, { live, name }: InLive): Html {
  return html`<tr>
    <th scope="row">
      ${sign === undefined ? label : html`<span class="signed">${buildingSign(page, sign)}<span>${label}</span></span>`}
    </th>
    <td class="number" data-label="${page.t('turnout.voted')}" ${liveText(live, name)}>
      ${page.formatNumber(voted)}
    </td>
    <td class="number" data-label="${page.t('turnout.registered')}">${page.formatNumber(registered)}</td>
    <td class="number" data-label="${page.t('turnout.share')}" ${liveText(live, `${name}s`)}>
      ${page.formatPercent(voted, registered)}
    </td>
  </tr>`;
}

/** Per promotion, or when that will be told. */
export function promotionSection(page: Page, view: ParticipationView, live?: string): Html | '' {
  if (view.promotions.length === 0 && !view.promotionsLater) return '';
  const title = page.t('turnout.per-promotion');
  return html`<section>
    <h2>${title}</h2>
    ${
      view.promotionsLater
        ? html`<p class="quiet">${page.t('turnout.promotions-later')}</p>`
        : groupTable(page, title, view.promotions, { atLeast: view.total.atLeast, live })
    }
  </section>`;
}

export interface PeriodsView {
  readonly periods: readonly PeriodView[];
  readonly zone: string;
  /** Epoch milliseconds; while voting is open. */
  readonly asOf?: number | undefined;
  /** Where the page is asked for again. */
  readonly path: string;
}

/** Columns over time with the table that holds the same numbers, folded. */
export function periodSection(page: Page, view: PeriodsView): Html | '' {
  const { periods, zone, asOf } = view;
  if (periods.length === 0) return '';
  const title = page.t('turnout.over-time');
  const span = ({ from, to }: PeriodView) =>
    page.t('turnout.span', { from: page.formatShortMoment(from, zone), to: page.formatShortMoment(to, zone) });
  const largest = periods.reduce((best, period) => (period.votes > best.votes ? period : best));
  return html`<section>
    <h2>${title}</h2>
    ${columnChart({
      id: 'over-time-chart',
      title,
      description: page.t('turnout.over-time-description', {
        periods: periods.length,
        most: largest.votes,
        when: span(largest),
      }),
      columns: periods.map((period) => ({
        from: period.from,
        to: period.to,
        value: period.votes,
        text: page.formatNumber(period.votes),
      })),
      ends: [page.formatShortMoment(periods[0]!.from, zone), page.formatShortMoment(periods.at(-1)!.to, zone)],
    })}
    <p class="hint">
      ${page.t('turnout.merged')}
      ${
        asOf === undefined
          ? ''
          : html`${page.t('turnout.as-of', { at: page.formatShortMoment(asOf, zone) })}
            <a href="${page.href(view.path)}">${page.t('turnout.refresh')}</a>`
      }
    </p>
    <details class="fold">
      <summary>${page.t('turnout.as-table')}</summary>
      <div class="table-frame" tabindex="0" role="region" aria-label="${title}">
        <table class="table table--dense">
          <caption class="visually-hidden">${title}</caption>
          <thead>
            <tr>
              <th scope="col">${page.t('turnout.period')}</th>
              <th scope="col" class="number">${page.t('turnout.votes')}</th>
            </tr>
          </thead>
          <tbody>
            ${periods.map(
              (period) =>
                html`<tr>
                  <th scope="row">${span(period)}</th>
                  <td class="number">${page.formatNumber(period.votes)}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </details>
  </section>`;
}
