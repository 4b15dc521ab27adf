// Choosing voters by organisational unit: first the unit, then its people page by page with boxes. Nothing is added here: the
// dry run of the import shows what would be.
import { html } from 'hono/html';
import { attributes } from './attributes.ts';
import { breakable } from './breakable.ts';
import { type DirectoryTrouble, troubleNotice } from './directory-search.ts';
import { errorSummary } from './form.ts';
import { type ElectionHead, layoutConsole } from './layout-console.ts';
import { notice } from './notice.ts';
import type { Html, Page, Problems } from './page.ts';
import { votersPath } from './roll-query.ts';
import { groupFields, type VoterChoices } from './voter-form.ts';

export interface ListedPerson {
  readonly name: string;
  readonly email: string;
  readonly about: string;
  /** What the form carries. */
  readonly value: string;
  readonly ticked: boolean;
  readonly hurdle: 'on-roll' | 'foreign-domain' | 'no-name' | undefined;
}

export interface UnitListing {
  /** `/Students/2026` */
  readonly unit: string;
  /** Asks for this page again, and for the one that follows. */
  readonly at: string;
  readonly next: string | undefined;
  readonly people: readonly ListedPerson[];
  /** It could not be asked: to be tried again. */
  readonly isMissing: boolean;
  /** Chosen on other pages. */
  readonly kept: readonly string[];
  readonly promotion: string;
  readonly building: string;
  readonly choices: VoterChoices;
}

export interface DirectoryUnitsView {
  readonly election: ElectionHead;
  readonly problems: Problems;
  readonly trouble?: DirectoryTrouble | undefined;
  /** To choose among; undefined once one is chosen, and where they cannot be asked. */
  readonly units?: readonly { readonly path: string }[] | undefined;
  readonly listing?: UnitListing | undefined;
  /** No directory is connected, or not for this. */
  readonly why?: { readonly title: string; readonly text: string } | undefined;
}

export const unitsPath = (election: ElectionHead): string => `${votersPath(election)}/units`;

export function directoryUnitsPage(page: Page, view: DirectoryUnitsView): Html {
  const { election, problems, trouble, units, listing, why } = view;
  const title = page.t('units.title');
  const content = html`${errorSummary(page, problems)}
    <p><a href="${page.href(votersPath(election))}">${page.t('import.back')}</a></p>
    <h1>${title}</h1>
    ${trouble === undefined ? '' : troubleNotice(page, trouble)}
    ${why === undefined ? '' : notice('info', why.title, why.text)}
    ${units === undefined ? '' : unitForm(page, election, units)}
    ${listing === undefined ? '' : listingForm(page, election, listing)}`;
  const hasProblems = Object.keys(problems).length > 0;
  return layoutConsole(page, { title, election, current: 'voters', content, hasProblems });
}

/** For reading: `Students › 2026`. */
const nameOfUnit = (page: Page, path: string): string =>
  path === '/' ? page.t('units.everybody') : path.slice(1).split('/').join(' › ');

function unitForm(page: Page, election: ElectionHead, units: readonly { readonly path: string }[]): Html {
  return html`<p class="lead">${page.t('units.lead')}</p>
    <form method="get" action="${page.href(unitsPath(election))}" class="form">
      <div class="field">
        <label for="unit">${page.t('units.unit')}</label>
        <p class="hint" id="unit-hint">${page.t('units.unit-hint')}</p>
        <select id="unit" name="unit" aria-describedby="unit-hint">
          ${units.map(({ path }) => html`<option value="${path}">${nameOfUnit(page, path)}</option>`)}
        </select>
      </div>
      <button class="button button--primary">${page.t('units.show')}</button>
    </form>`;
}

function listingForm(page: Page, election: ElectionHead, listing: UnitListing): Html {
  const { unit, at, next, kept } = listing;
  const path = page.href(unitsPath(election));
  return html`<div class="title-row">
      <h2 id="unit-name">${nameOfUnit(page, unit)}</h2>
      <a class="button button--quiet" href="${path}">${page.t('units.other')}</a>
    </div>
    <form method="post" action="${path}" class="form">
      <input type="hidden" name="unit" value="${unit}" />
      <input type="hidden" name="at" value="${at}" />
      <input type="hidden" name="next" value="${next ?? ''}" />
      ${kept.map((value) => html`<input type="hidden" name="pick" value="${value}" />`)}
      ${listing.isMissing ? carried(listing) : chosenHere(page, listing)} ${buttons(page, listing)}
    </form>`;
}

/** Of a page that could not be asked: what was typed goes on. */
const carried = ({ promotion, building }: UnitListing): Html =>
  html`<input type="hidden" name="promotion" value="${promotion}" />
    <input type="hidden" name="building" value="${building}" />`;

function chosenHere(page: Page, listing: UnitListing): Html {
  const { people, kept, choices } = listing;
  return html`<p class="counts" role="status">
      ${page.t('units.counts', { count: people.length, kept: kept.length })}
    </p>
    ${people.length === 0 ? '' : boxes(page, people)}
    <fieldset class="group">
      <legend>${page.t('units.groups')}</legend>
      ${groupFields(page, { values: listing, problems: {}, choices })}
    </fieldset>`;
}

function boxes(page: Page, people: readonly ListedPerson[]): Html {
  return html`<fieldset class="group" id="pick" tabindex="-1">
    <legend>${page.t('units.people')}</legend>
    <div class="actions">
      <button type="button" class="button button--quiet button--small" data-tick="pick" hidden>
        ${page.t('units.tick-all')}
      </button>
      <button type="button" class="button button--quiet button--small" data-untick="pick" hidden>
        ${page.t('units.untick-all')}
      </button>
    </div>
    <ul class="rows">
      ${people.map((person, index) => box(page, person, `person-${index}`))}
    </ul>
  </fieldset>`;
}

/** Who cannot be a voter here has no box, and it says why. */
function box(page: Page, { name, email, about, value, ticked, hurdle }: ListedPerson, id: string): Html {
  const isShut = hurdle === 'foreign-domain' || hurdle === 'no-name';
  const pill = hurdle === undefined ? '' : html`<span class="pill">${page.t(`units.hurdle.${hurdle}`)}</span>`;
  const input = { type: 'checkbox', name: 'pick', id, value, checked: ticked, 'aria-describedby': `${id}-about` };
  const told = html`<p class="quiet" id="${id}-about">
    ${breakable(email)}${about === '' ? '' : html` · ${about}`} ${pill}
  </p>`;
  if (isShut) return html`<li class="row"><div class="pick"><strong>${name}</strong>${told}</div></li>`;
  return html`<li class="row">
    <div class="pick">
      <input ${attributes(input)} /> <label for="${id}">${name}</label>
      ${told}
    </div>
  </li>`;
}

function buttons(page: Page, { next, people, kept, isMissing }: UnitListing): Html {
  const button = (go: string, style: string, label: string) =>
    html`<button class="button button--${style}" name="go" value="${go}">${label}</button>`;
  const check = button('check', 'primary', page.t('units.check'));
  const more = html`${button('next', 'secondary', page.t('units.next'))}
    ${button('all', 'secondary', page.t('units.all'))}`;
  return html`<div class="actions">
      ${isMissing ? button('again', 'secondary', page.t('units.again')) : ''}
      ${people.length === 0 && kept.length === 0 ? '' : check} ${next === undefined ? '' : more}
    </div>
    <p class="hint">${page.t('units.check-hint')}</p>`;
}
