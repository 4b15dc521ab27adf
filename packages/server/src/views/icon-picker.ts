// Choosing an icon among two thousand: radio buttons for those that fit a search. Without scripts the search button asks
// for the page again and keeps what was typed; with scripts the list follows the typing.
import { html } from 'hono/html';
import { attributes } from './attributes.ts';
import type { Html, Page } from './page.ts';

export interface IconChoices {
  readonly icons: readonly { readonly name: string; readonly url: string }[];
  /** "14 icons". */
  readonly summary: string;
}

export interface IconPicker extends IconChoices {
  readonly chosen: string;
  readonly search: string;
  readonly problem?: string | undefined;
}

export function iconPicker(page: Page, { icons, summary, chosen, search, problem }: IconPicker): Html {
  const described = problem === undefined ? 'icon-summary' : 'icon-problem icon-summary';
  return html`<fieldset
    class="group ${problem === undefined ? '' : 'field--wrong'}"
    id="icon"
    tabindex="-1"
    aria-describedby="${described}"
    data-icons="${page.href('/api/icons')}"
  >
    <legend>${page.t('icons.title')}</legend>
    ${problem === undefined ? '' : html`<p class="problem" id="icon-problem">${problem}</p>`}
    <div class="field">
      <label for="search">${page.t('icons.search')}</label>
      <p class="hint" id="search-hint">${page.t('icons.search-hint')}</p>
      <div class="search-row">
        <input
          type="search"
          id="search"
          name="search"
          value="${search}"
          maxlength="100"
          autocomplete="off"
          aria-describedby="search-hint"
          aria-controls="icon-list"
        />
        <button class="button button--secondary" formmethod="get" formnovalidate>${page.t('icons.search-button')}</button>
      </div>
    </div>
    <p class="quiet" id="icon-summary" role="status">${summary}</p>
    <div class="icon-list" id="icon-list">${icons.map((icon) => option(icon, chosen))}</div>
  </fieldset>`;
}

function option({ name, url }: IconChoices['icons'][number], chosen: string): Html {
  return html`<label class="icon-option">
    <input ${attributes({ type: 'radio', name: 'icon', value: name, checked: name === chosen })} />
    <svg class="icon" viewBox="0 0 16 16" width="24" height="24" aria-hidden="true" focusable="false">
      <use href="${url}" width="16" height="16" />
    </svg>
    <span>${name}</span>
  </label>`;
}
