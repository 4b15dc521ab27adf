// The console's home: the elections, where each stands and what is next.
import { html } from 'hono/html';
import { layoutConsole } from './layout-console.ts';
import { doneNotice, notice } from './notice.ts';
import type { Html, Page } from './page.ts';
import { phasePill } from './phase.ts';
import { type Checklist, nextSentence } from './tasks.ts';

export interface ConsoleElection extends Checklist {
  readonly name: string;
}

export interface ConsoleView {
  readonly elections: readonly ConsoleElection[];
  /** Requests of other administrators that this one may confirm. */
  readonly waiting?: number;
  /** Finished: what has just been done. */
  readonly done?: string | undefined;
}

export function consolePage(page: Page, { elections, waiting = 0, done }: ConsoleView): Html {
  const title = page.t('console.title');
  const asked = html`<a href="${page.href('/console/approvals')}">${page.t('approvals.waiting-link')}</a>`;
  const before = html`${doneNotice(done)}
  ${waiting === 0 ? '' : notice('warn', page.t('approvals.waiting', { count: waiting }), asked)}`;
  const content =
    elections.length === 0
      ? html`${before}
          <h1>${title}</h1>
          ${page.account?.role === 'admin' ? firstElection(page) : noElection(page)}`
      : html`${before}
          <div class="title-row">
            <h1>${title}</h1>
            ${createButton(page)}
          </div>
          ${electionTable(page, elections)}`;
  return layoutConsole(page, { title, content });
}

const createButton = (page: Page): Html | '' =>
  page.account?.role === 'admin'
    ? html`<a class="button button--primary" href="${page.href('/console/elections/new')}"
        >${page.t('console.create')}</a
      >`
    : '';

function firstElection(page: Page): Html {
  return html`<div class="empty">
    <h2>${page.t('console.empty-title')}</h2>
    <p>${page.t('console.empty')}</p>
    <ol>
      <li>${page.t('console.empty-1')}</li>
      <li>${page.t('console.empty-2')}</li>
      <li>${page.t('console.empty-3')}</li>
    </ol>
    <p>${createButton(page)}</p>
  </div>`;
}

function noElection(page: Page): Html {
  return html`<div class="empty">
    <h2>${page.t('console.none-title')}</h2>
    <p>${page.t('console.none')}</p>
  </div>`;
}

function electionTable(page: Page, elections: readonly ConsoleElection[]): Html {
  return html`<div class="table-frame" tabindex="0" role="region" aria-label="${page.t('console.title')}">
    <table class="table table--stack">
      <thead>
        <tr>
          <th scope="col">${page.t('console.election')}</th>
          <th scope="col">${page.t('console.phase')}</th>
          <th scope="col">${page.t('election.opens')}</th>
          <th scope="col">${page.t('election.closes')}</th>
          <th scope="col">${page.t('console.next')}</th>
        </tr>
      </thead>
      <tbody>
        ${elections.map((election) => electionRow(page, election))}
      </tbody>
    </table>
  </div>`;
}

function electionRow(page: Page, election: ConsoleElection): Html {
  const { id, phase } = election.election;
  const { opensAt, closesAt, zone } = election.window;
  return html`<tr>
    <th scope="row"><a href="${page.href(`/console/elections/${id}`)}">${election.name}</a></th>
    <td data-label="${page.t('console.phase')}">${phasePill(page, phase)}</td>
    <td class="moment" data-label="${page.t('election.opens')}">${page.formatShortMoment(opensAt, zone)}</td>
    <td class="moment" data-label="${page.t('election.closes')}">${page.formatShortMoment(closesAt, zone)}</td>
    <td class="wide" data-label="${page.t('console.next')}">${nextSentence(page, election)}</td>
  </tr>`;
}
