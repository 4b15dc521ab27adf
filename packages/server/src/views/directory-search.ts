// Looking somebody up in the directory: a box beside the form for adding a voter, where scripts run (a combobox after the ARIA
// Authoring Practices), and a page of its own where they do not. Nothing is added by choosing: the form is filled in.
import { html } from 'hono/html';
import { breakable } from './breakable.ts';
import { errorSummary, textField } from './form.ts';
import { type ElectionHead, layoutConsole } from './layout-console.ts';
import { notice } from './notice.ts';
import type { Html, Page, Problems } from './page.ts';
import { votersPath } from './roll-query.ts';

export interface DirectoryHead {
  /** People can be chosen by unit as well. */
  readonly hasUnits: boolean;
  /** Why it cannot be asked until somebody does something. */
  readonly problem: { readonly title: string; readonly text: string } | undefined;
}

const directorySearchPath = (election: ElectionHead): string => `${votersPath(election)}/directory`;

/** Of the form for adding a voter; nothing where no directory is connected. */
export function directoryBox(page: Page, election: ElectionHead, directory: DirectoryHead | undefined): Html | '' {
  if (directory === undefined) return '';
  if (directory.problem !== undefined) return notice('warn', directory.problem.title, directory.problem.text);
  return html`<div
    class="directory-search"
    data-directory="${page.href('/api/directory/people')}"
    data-searching="${page.t('directory-search.searching')}"
    data-no-answer="${page.t('directory-search.no-answer')}"
    data-filled="${page.t('directory-search.filled', { name: '{name}' })}"
  >
    <p><a href="${page.href(directorySearchPath(election))}">${page.t('directory-search.link')}</a></p>
    <div class="field" hidden>
      <label for="directory-search">${page.t('directory-search.label')}</label>
      <p class="hint" id="directory-hint">${page.t('directory-search.hint')}</p>
      <div class="combobox">
        <input
          id="directory-search"
          type="text"
          role="combobox"
          aria-autocomplete="list"
          aria-expanded="false"
          aria-controls="directory-list"
          aria-describedby="directory-hint"
          autocomplete="off"
          autocapitalize="none"
          spellcheck="false"
          maxlength="100"
        />
        <p class="quiet" id="directory-status" role="status"></p>
        <ul id="directory-list" role="listbox" aria-label="${page.t('directory-search.list')}" hidden></ul>
      </div>
    </div>
  </div>`;
}

export interface FoundPerson {
  readonly lastName: string;
  readonly firstName: string;
  readonly email: string;
  readonly about: string;
}

export interface DirectorySearchView {
  readonly election: ElectionHead;
  readonly query: string;
  readonly problems: Problems;
  /** Nobody's mistake here: why the directory could not be asked. */
  readonly trouble?: DirectoryTrouble | undefined;
  /** Undefined before anything was looked for. */
  readonly people: readonly FoundPerson[] | undefined;
  /** Asks for those who follow. */
  readonly next: string | undefined;
}

export interface DirectoryTrouble {
  readonly title: string;
  readonly text: string;
  /** In Google's words; empty when it said nothing. */
  readonly said: string;
}

export function troubleNotice(page: Page, { title, text, said }: DirectoryTrouble): Html {
  const words = said === '' ? '' : html`<p>${page.t('directory.said', { said })}</p>`;
  return html`<div role="alert">${notice('bad', title, html`<p>${text}</p>${words}`)}</div>`;
}

/** Without scripts. */
export function directorySearchPage(page: Page, view: DirectorySearchView): Html {
  const { election, query, problems, trouble, people } = view;
  const title = page.t('directory-search.title');
  const content = html`${errorSummary(page, problems)}
    <p><a href="${page.href(votersPath(election))}">${page.t('import.back')}</a></p>
    <h1>${title}</h1>
    <form method="get" action="${page.href(directorySearchPath(election))}" class="form" role="search">
      ${textField({
        name: 'q',
        label: page.t('directory-search.label'),
        hint: page.t('directory-search.hint'),
        value: query,
        problem: problems['q'],
        more: { maxlength: 100, autocomplete: 'off', spellcheck: 'false', autocapitalize: 'none' },
      })}
      <button class="button button--primary">${page.t('directory-search.search')}</button>
    </form>
    ${trouble === undefined ? '' : troubleNotice(page, trouble)}
    ${people === undefined ? '' : results(page, view, people)}`;
  const hasProblems = Object.keys(problems).length > 0;
  return layoutConsole(page, { title, election, current: 'voters', content, hasProblems });
}

function results(page: Page, { election, query, next }: DirectorySearchView, people: readonly FoundPerson[]): Html {
  const more = next === undefined ? 'none' : 'more';
  const search = new URLSearchParams({ q: query, after: next ?? '' }).toString();
  return html`<p role="status">${page.t('directory-search.found', { count: people.length, more })}</p>
    <ul class="rows">
      ${people.map((person) => result(page, election, person))}
    </ul>
    ${
      next === undefined
        ? ''
        : html`<p>
          <a class="button button--quiet" href="${page.href(`${directorySearchPath(election)}?${search}`)}"
            >${page.t('directory-search.more')}</a
          >
        </p>`
    }`;
}

function result(page: Page, election: ElectionHead, person: FoundPerson): Html {
  const { lastName, firstName, email, about } = person;
  const name = `${firstName} ${lastName}`.trim() || email;
  return html`<li class="row row--middle">
    <div>
      <strong>${name}</strong>
      <p class="quiet">${breakable(email)}${about === '' ? '' : html` · ${about}`}</p>
    </div>
    <form method="post" action="${page.href(directorySearchPath(election))}#add-voter">
      <input type="hidden" name="lastName" value="${lastName}" />
      <input type="hidden" name="firstName" value="${firstName}" />
      <input type="hidden" name="email" value="${email}" />
      <button class="button button--secondary">
        ${page.t('directory-search.use')} <span class="visually-hidden">${name}</span>
      </button>
    </form>
  </li>`;
}
