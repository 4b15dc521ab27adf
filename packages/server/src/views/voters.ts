// The roll: who may vote, on which day they did, whose code is paused; searched, sorted, a page of it at a time.
import { html } from 'hono/html';
import { attributes } from './attributes.ts';
import { breakable } from './breakable.ts';
import { directoryBox, type DirectoryHead } from './directory-search.ts';
import { unitsPath } from './directory-units.ts';
import { errorSummary } from './form.ts';
import { type ElectionHead, layoutConsole } from './layout-console.ts';
import { doneNotice, notice } from './notice.ts';
import type { Html, Page } from './page.ts';
import { pager } from './pager.ts';
import type { MailKind } from './letter.ts';
import {
  isFiltered,
  type MailState,
  mailStateName,
  noQuery,
  rollFilter,
  type RollFilterChoices,
  type RollQuery,
  rollSearch,
  votersPath,
} from './roll-query.ts';
import type { Turnout } from './turnout.ts';
import { reasonField, voterFields, type VoterFormView } from './voter-form.ts';

export interface VoterRow {
  readonly id: string;
  readonly lastName: string;
  readonly firstName: string;
  readonly email: string;
  readonly promotion: string;
  readonly building: string;
  /** Of their mails; empty for the organisation's. */
  readonly language: string;
  /** Their newest mails of a kind that need a look: refused, delayed, or nobody knows. */
  readonly mailTroubles?: readonly { readonly kind: MailKind; readonly state: MailState }[] | undefined;
  /** The day only: `2026-03-14`. */
  readonly votedOn?: string | undefined;
  /** Epoch milliseconds. */
  readonly lockedUntil?: number | undefined;
}

export interface VotersView extends VoterFormView {
  readonly election: ElectionHead;
  /** To tell until when a code is paused. */
  readonly zone: string;
  readonly query: RollQuery;
  readonly filters: RollFilterChoices;
  readonly voters: readonly VoterRow[];
  readonly pageCount: number;
  readonly counts: Turnout & { readonly locked: number; readonly matching: number };
  /** Everything about the voters was deleted then: nobody is listed, the counts stay. */
  readonly purgedAt?: number | undefined;
  readonly done?: string | undefined;
  /** Where people can be looked up; undefined where no directory is connected. */
  readonly directory?: DirectoryHead | undefined;
}

export const nameOf = ({ firstName, lastName }: VoterRow): string => `${firstName} ${lastName}`;
const canEdit = (page: Page): boolean => page.account?.role !== 'observer';
/** A rehearsal has test voters only: no mail of it may reach anybody else. */
const canAdd = (page: Page, { rehearsalOf }: ElectionHead): boolean => canEdit(page) && rehearsalOf === undefined;

export function votersPage(page: Page, view: VotersView): Html {
  const { election, problems, counts } = view;
  const title = page.t('nav.step.voters');
  const mayAdd = canAdd(page, election) && ['draft', 'armed', 'open'].includes(election.phase);
  const content = html`${errorSummary(page, problems)} ${doneNotice(view.done)}
    <div class="title-row">
      <h1>${title}</h1>
      ${counts.registered === 0 ? '' : waysOn(page, view, mayAdd)}
    </div>
    ${view.purgedAt === undefined ? whoIsListed(page, view) : purgedNotice(page, view, view.purgedAt)}
    ${mayAdd ? addForm(page, view) : ''}`;
  const hasProblems = Object.keys(problems).length > 0;
  return layoutConsole(page, { title, election, current: 'voters', content, hasProblems });
}

function whoIsListed(page: Page, view: VotersView): Html {
  const isEmpty = view.counts.registered === 0;
  return html`${frozenNotice(page, view.election)} ${isEmpty ? emptyRoll(page, view) : roll(page, view)}`;
}

function purgedNotice(page: Page, { counts, election, zone }: VotersView, purgedAt: number): Html {
  const link = html`<a href="${page.href(`/console/elections/${election.id}/archive`)}">${page.t('voters.purged-link')}</a>`;
  const text = html`<p>${page.t('voters.purged', { registered: counts.registered })}</p>
    ${page.account?.role === 'technician' ? '' : link}`;
  return notice('info', page.t('voters.purged-title', { at: page.formatInstant(purgedAt, zone) }), text);
}

function frozenNotice(page: Page, { phase, rehearsalOf }: ElectionHead): Html | '' {
  if (rehearsalOf !== undefined) return notice('info', page.t('reason.test-voters.title'), page.t('voters.test'));
  if (phase === 'draft') return '';
  const open = phase === 'armed' || phase === 'open';
  return notice('info', page.t('voters.frozen-title'), page.t(open ? 'voters.frozen' : 'voters.closed'));
}

/** The form stands below a long table: a way down to it. */
function waysOn(page: Page, { election, directory }: VotersView, mayAdd: boolean): Html {
  return html`<div class="actions">
    ${mayAdd ? html`<a class="button button--quiet" href="#add-voter">${page.t('voters.add-title')}</a>` : ''}
    ${
      canAdd(page, election) && election.phase === 'draft'
        ? html`<a class="button button--secondary" href="${page.href(`${votersPath(election)}/import`)}"
          >${page.t('voters.import')}</a
        >
        ${unitsLink(page, election, directory)}`
        : ''
    }
  </div>`;
}

/** Only where the directory is connected for it, and can be asked. */
function unitsLink(page: Page, election: ElectionHead, directory: DirectoryHead | undefined): Html | '' {
  if (directory?.hasUnits !== true || directory.problem !== undefined) return '';
  return html`<a class="button button--secondary" href="${page.href(unitsPath(election))}">${page.t('units.link')}</a>`;
}

function emptyRoll(page: Page, { election, directory }: VotersView): Html {
  if (election.phase !== 'draft' || !canAdd(page, election))
    return html`<div class="empty">
      <h2>${page.t('voters.empty-title')}</h2>
      <p>${page.t('checklist.of-technician')}</p>
    </div>`;
  return html`<div class="empty">
    <h2>${page.t('voters.empty-title')}</h2>
    <p>${page.t('voters.empty')}</p>
    <p>
      <a class="button button--primary" href="${page.href(`${votersPath(election)}/import`)}"
        >${page.t('voters.import')}</a
      >
      ${unitsLink(page, election, directory)}
    </p>
  </div>`;
}

function roll(page: Page, view: VotersView): Html {
  const { counts, voters, pageCount, query, election } = view;
  const path = votersPath(election);
  const canHaveVoted = election.phase !== 'draft' && election.phase !== 'armed';
  return html`<p class="counts">
      ${page.t('voters.counts', {
        registered: counts.registered,
        voted: counts.voted,
        limit: counts.atLeast ? 'lower' : 'none',
      })}
      ${
        counts.locked === 0
          ? ''
          : html`<a class="pill pill--warn" href="${page.href(path + rollSearch(noQuery, { code: 'paused' }))}"
            >${page.t('voters.counts-locked', { locked: counts.locked })}</a
          >`
      }
    </p>
    ${rollFilter(page, { path, query, choices: view.filters, canHaveVoted })}
    ${isFiltered(query) ? matchingLine(page, view, path) : ''}
    ${voters.length === 0 ? noMatch(page) : rollTable(page, view, path)}
    ${pager(page, { path, query: rollSearch(query, { page: 1 }), pageNumber: query.page, pageCount })}
    ${voters.length === 0 ? '' : forAll(page, view, path)}`;
}

/** What is done to all who match, not to this page alone. */
function forAll(page: Page, { election, query, counts }: VotersView, path: string): Html {
  const search = rollSearch(query, { page: 1 });
  const label = isFiltered(query) ? page.t('roll.remove', { matching: counts.matching }) : page.t('roll.remove-all');
  const removal = html`<a class="button button--quiet" href="${page.href(`${path}/remove${search}`)}">${label}</a>`;
  return html`<div class="actions">
    <form method="post" action="${page.href(`${path}/export${search}`)}">
      <button class="button button--secondary">${page.t('roll.export')}</button>
    </form>
    ${election.phase === 'draft' && canEdit(page) ? removal : ''}
  </div>`;
}

function matchingLine(page: Page, { counts, query }: VotersView, path: string): Html {
  const everyone = rollSearch(noQuery, { sort: query.sort });
  return html`<p class="counts" role="status">
    <strong>${page.t('roll.matching', { matching: counts.matching, registered: counts.registered })}</strong>
    <a href="${page.href(path + everyone)}">${page.t('roll.clear')}</a>
  </p>`;
}

const noMatch = (page: Page): Html =>
  html`<div class="empty">
    <h2>${page.t('roll.no-match-title')}</h2>
    <p>${page.t('roll.no-match')}</p>
  </div>`;

function rollTable(page: Page, { voters, query, zone }: VotersView, path: string): Html {
  return html`<div
    class="table-frame table-frame--tall"
    tabindex="0"
    role="region"
    aria-label="${page.t('nav.step.voters')}"
  >
    <table class="table table--stack table--dense">
      <thead>
        <tr>
          ${sortable(page, query, path, 'name')} ${sortable(page, query, path, 'email')}
          ${sortable(page, query, path, 'promotion')}
          <th scope="col">${page.t('voters.building')}</th>
          <th scope="col">${page.t('voters.voted')}</th>
        </tr>
      </thead>
      <tbody>
        ${voters.map((voter) => voterRow(page, voter, zone, path + `/${voter.id}` + rollSearch(query)))}
      </tbody>
    </table>
  </div>`;
}

/** A click on the order that is in force turns it round. */
function sortable(page: Page, query: RollQuery, path: string, column: 'name' | 'email' | 'promotion'): Html {
  const up = query.sort === column;
  const current = up || query.sort === `-${column}`;
  const href = page.href(path + rollSearch(query, { sort: up ? `-${column}` : column, page: 1 }));
  const direction = current ? (up ? 'ascending' : 'descending') : undefined;
  return html`<th scope="col" ${attributes({ 'aria-sort': direction })}>
    <a class="sort" href="${href}">${page.t(`voters.${column}`)}</a>
  </th>`;
}

function voterRow(page: Page, voter: VoterRow, zone: string, path: string): Html {
  const voted = voter.votedOn === undefined ? page.t('voters.not-voted') : page.formatDay(voter.votedOn);
  return html`<tr>
    <th scope="row"><a href="${page.href(path)}">${voter.lastName} ${voter.firstName}</a></th>
    <td data-label="${page.t('voters.email')}">
      <span>${breakable(voter.email)}</span> ${(voter.mailTroubles ?? []).map((trouble) => mailPill(page, trouble))}
    </td>
    <td data-label="${page.t('voters.promotion')}">${voter.promotion || '–'}</td>
    <td data-label="${page.t('voters.building')}">${voter.building || page.t('voters.no-building')}</td>
    <td data-label="${page.t('voters.voted')}">
      <span class="${voter.votedOn === undefined ? 'quiet' : ''}">${voted}</span>
      ${
        voter.lockedUntil === undefined
          ? ''
          : html`<span class="pill pill--warn"
            >${page.t('voters.locked', { until: page.formatShortMoment(voter.lockedUntil, zone) })}</span
          >`
      }
    </td>
  </tr>`;
}

function mailPill(page: Page, { kind, state }: { readonly kind: MailKind; readonly state: MailState }): Html {
  const text = `${page.t(`voter.mail.${kind}`)} · ${mailStateName(page, state)}`;
  return html`<span class="pill pill--${state === 'rejected' ? 'bad' : 'warn'}">${text}</span>`;
}

function addForm(page: Page, view: VotersView): Html {
  const { election, values, problems, counts, query } = view;
  const needsReason = election.phase !== 'draft';
  const button = counts.registered === 0 ? 'button--secondary' : 'button--primary';
  return html`<section class="card" aria-labelledby="add-voter">
    <h2 id="add-voter">${page.t('voters.add-title')}</h2>
    ${needsReason ? html`<p>${page.t('voters.add-late')}</p>` : ''}
    <form method="post" action="${page.href(votersPath(election) + rollSearch(query))}" class="form" novalidate>
      ${directoryBox(page, election, view.directory)} ${voterFields(page, view)} ${needsReason ? reasonField(page, values.reason, problems, true) : ''}
      <button class="button ${button}">${page.t('voters.add')}</button>
    </form>
  </section>`;
}
