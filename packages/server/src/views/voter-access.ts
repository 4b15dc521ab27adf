// One voter's way in: a new link, a new code, or link and code shown once, to be copied or printed. One act a page.
import { html } from 'hono/html';
import { copyable } from './copyable.ts';
import { errorSummary } from './form.ts';
import { qrImage } from './json-block.ts';
import { type ElectionHead, layoutConsole } from './layout-console.ts';
import { notice } from './notice.ts';
import type { Html, Page, Problems } from './page.ts';
import { printButton } from './print-button.ts';
import { type RollQuery, rollSearch } from './roll-query.ts';
import { grouped } from './tally.ts';
import { reasonField } from './voter-form.ts';
import { nameOf, voterPath, type VoterRow } from './voters.ts';
import { type VotingWindow, windowSentence } from './window.ts';

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

export interface AccessView extends Head {
  readonly window: VotingWindow;
  /** Absolute. */
  readonly link: string;
  readonly shortAddress: string;
  /** 16 characters. */
  readonly personalKey: string;
  readonly code: string;
  readonly qrSvg: string;
}

/** Everything the voter needs, once; leaving the page is the end of it. */
export function accessPage(page: Page, view: AccessView): Html {
  const { election, voter } = view;
  const title = page.t('voter.access-of', { name: nameOf(voter) });
  const content = html`${back(page, view)}
    <h1 class="screen-only">${title}</h1>
    <div class="screen-only">${notice('warn', page.t('voter.secret-title'), page.t('voter.secret'))}</div>
    <dl class="facts screen-only">
      ${fact(page, 'copy-link', page.t('voter.link'), view.link)}
      ${fact(page, 'copy-code', page.t('voter.code'), view.code)}
      ${fact(page, 'copy-key', page.t('voter.key', { address: view.shortAddress }), grouped(view.personalKey))}
    </dl>
    <div class="actions screen-only">${printButton(page, page.t('voter.print'))}</div>
    ${slip(page, view)}`;
  return layoutConsole(page, { title, election, current: 'voters', content });
}

function fact(page: Page, id: string, label: string, value: string): Html {
  return html`<div>
    <dt>${label}</dt>
    <dd>${copyable(page, { id, label, value })}</dd>
  </div>`;
}

/** What is printed, and what a voter who stands beside may scan: the same slip as the sheets have. */
function slip(page: Page, { election, window, voter, link, shortAddress, personalKey, code, qrSvg }: AccessView): Html {
  return html`<article class="slip" aria-label="${nameOf(voter)}">
    <header class="slip-head">
      <p class="slip-name">${nameOf(voter)}</p>
      <p class="slip-promotion">${voter.promotion}</p>
    </header>
    <div class="slip-what">
      <p class="slip-election">${election.name}</p>
      <p>${windowSentence(page, window)}</p>
    </div>
    ${qrImage(qrSvg, page.t('sheets.qr', { name: nameOf(voter) }))}
    <div class="slip-way">
      <p class="slip-step">${page.t('sheets.way-scan')}</p>
      <p class="slip-link">${link}</p>
      <p class="slip-step">${page.t('sheets.way-type', { address: shortAddress })}</p>
      <p class="slip-key">${grouped(personalKey)}</p>
    </div>
    <div class="slip-code">
      <p class="slip-step">${page.t('sheets.code')}</p>
      <p class="slip-digits">${code}</p>
    </div>
    <footer class="slip-foot">
      ${page.contact === undefined ? '' : page.t('sheets.contact', { name: page.contact.name, email: page.contact.email })}
    </footer>
  </article>`;
}
