// Participation as the hall's screen shows it: one large share, and a card for each building.
import { html } from 'hono/html';
import { buildingSign } from './building-sign.ts';
import { liveText } from './live.ts';
import type { Html, Page } from './page.ts';
import type { GroupView, ParticipationView } from './participation.ts';
import { meter, type Turnout } from './turnout.ts';

const mostGroups = 12;

export function figure(page: Page, id: string, { total }: ParticipationView): Html {
  return html`<div class="screen-figure">
    <p class="screen-share">
      ${total.atLeast ? html`<span class="screen-small">${page.t('election.at-least')}</span>` : ''}
      <strong ${liveText(id, 'share')}>${page.formatPercent(total.voted, total.registered)}</strong>
    </p>
    <p class="screen-voted" ${liveText(id, 'count')}>${countWords(page, total)}</p>
    ${meter(total.voted, total.registered, { live: id })}
  </div>`;
}

export const countWords = (page: Page, { voted, registered }: Turnout): string =>
  page.t('screen.voted', { voted, registered });

/** The share stands beside it. */
export const groupWords = (page: Page, { voted, registered }: GroupView): string =>
  page.t('screen.group', { voted, registered });

/** So many cards leave less room for the rest. */
export const isDense = (participation: ParticipationView | undefined): boolean =>
  participation !== undefined && participation.buildings.length > 4;

export function groups(page: Page, id: string, { buildings, total }: ParticipationView): Html {
  const shown = buildings.slice(0, mostGroups);
  const density = shown.length <= 4 ? 'few' : shown.length <= 8 ? 'some' : 'many';
  const cards = shown.map((building, n) => group(page, building, { live: id, name: `b${n}` }));
  return html`${cards.length === 0 ? '' : html`<ul class="screen-groups screen-groups--${density}">${cards}</ul>`}
    <div class="screen-notes">
      ${moreLine(page, 'groups', buildings.length - shown.length)}
      ${total.atLeast ? html`<p class="screen-small">${page.t('screen.at-least')}</p>` : ''}
    </div>`;
}

function group(
  page: Page,
  building: GroupView,
  { live, name }: { readonly live: string; readonly name: string },
): Html {
  const { label, sign, voted, registered } = building;
  return html`<li class="screen-group">
    <p class="screen-group-name">
      ${sign === undefined ? '' : buildingSign(page, sign)}
      <span>${label}</span>
    </p>
    <p class="screen-group-numbers">
      <strong ${liveText(live, `${name}s`)}>${page.formatPercent(voted, registered)}</strong>
      <span ${liveText(live, `${name}c`)}>${groupWords(page, building)}</span>
    </p>
    ${meter(voted, registered, { live, name: `${name}w`, colour: sign?.colour })}
  </li>`;
}

/** What did not fit. */
export function moreLine(page: Page, what: 'groups' | 'rows' | 'elections', more: number): Html | '' {
  return more <= 0 ? '' : html`<p class="screen-small">${page.t(`screen.more-${what}`, { more })}</p>`;
}
