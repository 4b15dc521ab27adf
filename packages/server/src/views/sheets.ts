// The printed sheets: one slip a voter to cut out, with link, square code, typed way in and code. All of it secret.
import { html } from 'hono/html';
import { type Blocker, blockerSentence } from './tasks.ts';
import { type ElectionHead, layoutConsole } from './layout-console.ts';
import { notice } from './notice.ts';
import type { Html, Page } from './page.ts';
import { pager } from './pager.ts';
import { printButton } from './print-button.ts';
import { type Slip, slipArticle } from './slip.ts';
import type { VotingWindow } from './window.ts';

export interface SheetGroup {
  /** Empty for voters without one. */
  readonly promotion: string;
  readonly sheets: readonly Slip[];
}

export type SheetsState =
  | { readonly kind: 'blocked'; readonly blockers: readonly Blocker[] }
  | {
      readonly kind: 'ready';
      /** Absolute address of the page where the personal key is typed. */
      readonly shortAddress: string;
      readonly groups: readonly SheetGroup[];
      /** Where the roll is larger than one print. */
      readonly parts?: { readonly voters: number; readonly pageNumber: number; readonly pageCount: number } | undefined;
      /** The administrator has said so. */
      readonly handedOut?: boolean;
    };

export interface SheetsView {
  readonly election: ElectionHead;
  readonly window: VotingWindow;
  readonly minimumBallots: number;
  readonly state: SheetsState;
}

export function sheetsPage(page: Page, view: SheetsView): Html {
  const { election, state } = view;
  const title = page.t('nav.step.sheets');
  const content = html`<div class="screen-only">
      <h1>${title}</h1>
      <p class="lead">${page.t('sheets.lead')}</p>
      ${state.kind === 'blocked' ? blockedNotice(page, view, state.blockers) : toolbar(page, election, state)}
      ${state.kind === 'ready' && state.handedOut !== true ? handOutForm(page, election) : ''}
    </div>
    ${state.kind === 'blocked' ? '' : state.groups.map((group) => groupSection(page, view, state.shortAddress, group))}`;
  return layoutConsole(page, { title, election, current: 'sheets', content });
}

function blockedNotice(page: Page, view: SheetsView, blockers: readonly Blocker[]): Html {
  const list = html`<ul>
    ${blockers.map((blocker) => html`<li>${blockerSentence(page, blocker, view)}</li>`)}
  </ul>`;
  return notice('warn', page.t('sheets.blocked'), list);
}

type Ready = Extract<SheetsState, { kind: 'ready' }>;

function toolbar(page: Page, { id }: ElectionHead, { groups, parts }: Ready): Html {
  const count = groups.reduce((sum, { sheets }) => sum + sheets.length, 0);
  return html`${notice('warn', page.t('sheets.secret-title'), page.t('sheets.secret'))}
    <div class="actions">
      ${printButton(page, page.t('sheets.print'))}
      <span class="quiet">${page.t('sheets.count', { count, pages: groups.reduce((sum, group) => sum + pagesOf(group), 0) })}</span>
    </div>
    ${
      parts
        ? html`<p>${page.t('sheets.parts', { voters: parts.voters })}</p>
            ${pager(page, { path: `/console/elections/${id}/sheets`, ...parts })}`
        : ''
    }`;
}

/** The checklist cannot know it otherwise: the slips leave on paper. */
function handOutForm(page: Page, { id }: ElectionHead): Html {
  return html`<form method="post" action="${page.href(`/console/elections/${id}/sheets`)}" class="actions">
    <button class="button button--secondary">${page.t('sheets.hand-out')}</button>
    <span class="quiet">${page.t('sheets.hand-out-hint')}</span>
  </form>`;
}

const slipsPerPage = 4;

function pagesOf({ sheets }: SheetGroup): number {
  return Math.ceil(sheets.length / slipsPerPage);
}

function groupSection(page: Page, view: SheetsView, shortAddress: string, group: SheetGroup): Html {
  const heading = group.promotion === '' ? page.t('sheets.no-promotion') : group.promotion;
  const head = { electionName: view.election.name, window: view.window, shortAddress };
  const chunks = Array.from({ length: pagesOf(group) }, (_, index) =>
    group.sheets.slice(index * slipsPerPage, (index + 1) * slipsPerPage),
  );
  return html`<section class="sheet-group" aria-label="${heading}">
    ${chunks.map(
      (sheets, index) =>
        html`<div class="sheet-page">
          <h2 class="sheet-heading">
            ${heading} <span>${page.t('nav.page', { page: index + 1, pages: chunks.length })}</span>
          </h2>
          ${sheets.map((sheet) => slipArticle(page, head, sheet, group.promotion))}
        </div>`,
    )}
  </section>`;
}
