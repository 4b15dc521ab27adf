// Many voters removed at once: how many, who the first ones are, and the election's name to be typed.
import { html } from 'hono/html';
import { errorSummary, textField } from './form.ts';
import { type ElectionHead, layoutConsole } from './layout-console.ts';
import type { Html, Page, Problems } from './page.ts';
import { isFiltered, type RollQuery, rollSearch, votersPath } from './roll-query.ts';
import type { VoterRow } from './voters.ts';

export interface VoterRemovalView {
  readonly election: ElectionHead;
  readonly query: RollQuery;
  readonly matching: number;
  /** The first of them. */
  readonly voters: readonly VoterRow[];
  readonly problems: Problems;
}

export function voterRemovalPage(page: Page, view: VoterRemovalView): Html {
  const { election, query, matching, voters, problems } = view;
  const title = page.t(isFiltered(query) ? 'removal.title' : 'removal.title-all', { count: matching });
  const list = votersPath(election);
  const rest = matching - voters.length;
  const content = html`${errorSummary(page, problems)}
    <p><a href="${page.href(list + rollSearch(query))}">${page.t('import.back')}</a></p>
    <h1>${title}</h1>
    <p class="lead">${page.t('removal.lead')}</p>
    <ul class="spaced">
      ${voters.map(({ lastName, firstName, email }) => html`<li>${lastName} ${firstName} <span class="quiet">${email}</span></li>`)}
      ${rest > 0 ? html`<li class="quiet">${page.t('removal.more', { count: rest })}</li>` : ''}
    </ul>
    <form method="post" action="${page.href(`${list}/remove${rollSearch(query)}`)}" class="form" novalidate>
      <input type="hidden" name="expected" value="${matching}" />
      ${textField({
        name: 'name',
        label: page.t('removal.name', { name: election.name }),
        value: '',
        problem: problems['name'],
        more: { autocomplete: 'off', required: true, 'data-confirm-name': election.name },
      })}
      <button class="button button--danger">${page.t('removal.go', { count: matching })}</button>
    </form>`;
  const hasProblems = Object.keys(problems).length > 0;
  return layoutConsole(page, { title, election, current: 'voters', content, hasProblems });
}
