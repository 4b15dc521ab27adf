// One voter's way in: a new link, a new code, or link and code shown once, to be copied or printed. One act a page.
import { html } from 'hono/html';
import { copyable } from './copyable.ts';
import { fact } from './facts.ts';
import { errorSummary } from './form.ts';
import { grouped } from './grouped.ts';
import { type ElectionHead, layoutConsole } from './layout-console.ts';
import { notice } from './notice.ts';
import type { Html, Page, Problems } from './page.ts';
import { printButton } from './print-button.ts';
import { type RollQuery, rollSearch, voterPath } from './roll-query.ts';
import { type Slip, slipArticle } from './slip.ts';
import { reasonField } from './voter-form.ts';
import { nameOf, type VoterRow } from './voters.ts';
import type { VotingWindow } from './window.ts';

export type AccessDeed = 'link' | 'code' | 'access' | 'credential';

interface Head {
  readonly election: ElectionHead;
  readonly voter: VoterRow;
  readonly query: RollQuery;
}

export interface AccessDeedView extends Head {
  readonly deed: AccessDeed;
  readonly reason: string;
  readonly problems: Problems;
}

const back = (page: Page, { election, voter, query }: Head): Html =>
  html`<p class="screen-only">
    <a href="${page.href(voterPath(election, voter.id) + rollSearch(query))}"
      >${page.t('voter.back', { name: nameOf(voter) })}</a
    >
  </p>`;

/** Asks for the reason, says what will happen, has one button. */
export function accessDeedPage(page: Page, view: AccessDeedView): Html {
  const { election, voter, deed, problems, reason, query } = view;
  const title = page.t(`voter.${deed}-title`);
  const action = page.href(`${voterPath(election, voter.id)}/${deed}${rollSearch(query)}`);
  const content = html`${errorSummary(page, problems)} ${back(page, view)}
    <h1>${title}</h1>
    <p class="lead">${page.t(`voter.${deed}-lead`, { name: nameOf(voter) })}</p>
    <form method="post" action="${action}" class="form" novalidate>
      ${reasonField(page, reason, problems, election.phase !== 'draft')}
      <button class="button button--primary">${page.t(`voter.${deed}-do`)}</button>
    </form>`;
  const hasProblems = Object.keys(problems).length > 0;
  return layoutConsole(page, { title, election, current: 'voters', content, hasProblems });
}

export interface AccessView extends Head, Omit<Slip, 'firstName' | 'lastName'> {
  readonly window: VotingWindow;
  readonly shortAddress: string;
}

/** Everything the voter needs, once; leaving the page is the end of it. */
export function accessPage(page: Page, view: AccessView): Html {
  const { election, voter } = view;
  const { firstName, lastName } = voter;
  const head = { electionName: election.name, window: view.window, shortAddress: view.shortAddress };
  const shown = (id: string, label: string, value: string) => fact(label, copyable(page, { id, label, value }));
  const title = page.t('voter.access-of', { name: nameOf(voter) });
  const content = html`${back(page, view)}
    <div class="screen-only">
      <h1>${title}</h1>
      ${notice('warn', page.t('voter.secret-title'), page.t('voter.secret'))}
      <dl class="facts">
        ${shown('copy-link', page.t('voter.link'), view.link)}
        ${shown('copy-code', page.t('voter.code'), view.code)}
        ${shown('copy-key', page.t('voter.key', { address: view.shortAddress }), grouped(view.personalKey))}
      </dl>
      <div class="actions">${printButton(page, page.t('voter.print'))}</div>
    </div>
    ${slipArticle(page, head, { firstName, lastName, ...view }, voter.promotion)}`;
  return layoutConsole(page, { title, election, current: 'voters', content });
}
