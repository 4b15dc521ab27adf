// The console's home: the elections, where each stands and what is next.
import { html } from 'hono/html';
import type { TaskId } from './checklist.ts';
import { layoutConsole } from './layout-console.ts';
import { doneNotice } from './notice.ts';
import type { Html, Page } from './page.ts';
import { type Phase, phasePill } from './phase.ts';
import type { VotingWindow } from './window.ts';

export interface ConsoleElection {
  readonly id: string;
  readonly name: string;
  readonly phase: Phase;
  readonly window: VotingWindow;
  readonly next?: TaskId | undefined;
}

export interface ConsoleView {
  readonly elections: readonly ConsoleElection[];
  /** Finished: what has just been done. */
  readonly done?: string | undefined;
}

export function consolePage(page: Page, { elections, done }: ConsoleView): Html {
  const title = page.t('console.title');
  const create = html`<a class="button button--primary" href="${page.href('/console/elections/new')}"
    >${page.t('console.create')}</a
  >`;
  const content =
    elections.length === 0
      ? html`${doneNotice(done)}
          <h1>${title}</h1>
          <div class="empty">
            <h2>${page.t('console.empty-title')}</h2>
            <p>${page.t('console.empty')}</p>
            <ol>
              <li>${page.t('console.empty-1')}</li>
              <li>${page.t('console.empty-2')}</li>
              <li>${page.t('console.empty-3')}</li>
            </ol>
            <p>${create}</p>
          </div>`
      : html`${doneNotice(done)}
          <div class="title-row">
            <h1>${title}</h1>
            ${create}
          </div>
          ${electionTable(page, elections)}`;
  return layoutConsole(page, { title, content });
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

function electionRow(page: Page, { id, name, phase, window, next }: ConsoleElection): Html {
  const { opensAt, closesAt, zone } = window;
  return html`<tr>
    <th scope="row"><a href="${page.href(`/console/elections/${id}`)}">${name}</a></th>
    <td data-label="${page.t('console.phase')}">${phasePill(page, phase)}</td>
    <td class="moment" data-label="${page.t('election.opens')}">${page.formatShortMoment(opensAt, zone)}</td>
    <td class="moment" data-label="${page.t('election.closes')}">${page.formatShortMoment(closesAt, zone)}</td>
    <td data-label="${page.t('console.next')}">${next === undefined ? '–' : page.t(`checklist.task.${next}`)}</td>
  </tr>`;
}
