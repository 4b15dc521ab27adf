// The end of an election's life: what archiving means, when the voters' data go, what stays.
import { html } from 'hono/html';
import { type ElectionHead, layoutConsole } from './layout-console.ts';
import { doneNotice, notice } from './notice.ts';
import type { Html, Page } from './page.ts';

export type ArchiveState =
  | { readonly kind: 'not-over' }
  | { readonly kind: 'rehearsal' }
  | { readonly kind: 'over'; readonly due: number }
  | { readonly kind: 'archived'; readonly at: number; readonly due: number; readonly isDue: boolean }
  | { readonly kind: 'purged'; readonly at: number };

export interface ArchiveView {
  readonly election: ElectionHead;
  readonly zone: string;
  /** How long the voters' data are kept after the end. */
  readonly days: number;
  readonly state: ArchiveState;
  readonly done?: string | undefined;
}

export function archivePage(page: Page, view: ArchiveView): Html {
  const title = page.t('nav.step.archive');
  const content = html`${doneNotice(view.done)}
    <h1>${title}</h1>
    ${stateSection(page, view)} ${view.state.kind === 'rehearsal' ? '' : whatStays(page, view)}`;
  return layoutConsole(page, { title, election: view.election, current: 'archive', content });
}

function stateSection(page: Page, view: ArchiveView): Html {
  const { election, zone, state } = view;
  const at = (instant: number) => page.formatInstant(instant, zone);
  const mayAct = page.account?.role === 'admin';
  const form = (act: 'archive' | 'purge', look: string) =>
    mayAct
      ? html`<form method="post" action="${page.href(`/console/elections/${election.id}/${act}`)}">
          <button class="button ${look}">${page.t(`archive.${act}`)}</button>
        </form>`
      : html`<p class="hint">${page.t('checklist.of-admin')}</p>`;
  switch (state.kind) {
    case 'not-over':
      return notice('info', page.t('archive.not-over-title'), page.t('archive.not-over'));
    case 'rehearsal':
      return notice('info', page.t('reason.is-rehearsal.title'), page.t('archive.rehearsal'));
    case 'over':
      return html`<section class="next-step" aria-labelledby="archive-title">
        <h2 id="archive-title">${page.t('archive.archive')}</h2>
        <p>${page.t('archive.over', { due: at(state.due) })}</p>
        ${form('archive', 'button--primary')}
      </section>`;
    case 'archived':
      return state.isDue
        ? html`<section class="next-step" aria-labelledby="archive-title">
            <h2 id="archive-title">${page.t('archive.due-title')}</h2>
            <p>${page.t('archive.due', { due: at(state.due) })}</p>
            ${form('purge', 'button--danger')}
          </section>`
        : notice(
            'info',
            page.t('archive.archived', { at: at(state.at) }),
            page.t('archive.later', { due: at(state.due) }),
          );
    case 'purged':
      return notice('good', page.t('archive.purged', { at: at(state.at) }), page.t('archive.purged-text'));
  }
}

function whatStays(page: Page, { days, state }: ArchiveView): Html {
  const isPurged = state.kind === 'purged';
  return html`<div class="pair pair--top">
    <section aria-labelledby="goes">
      <h2 id="goes">${page.t(isPurged ? 'archive.gone' : 'archive.goes', { days })}</h2>
      <ul>
        <li>${page.t('archive.goes-1')}</li>
        <li>${page.t('archive.goes-2')}</li>
        <li>${page.t('archive.goes-3')}</li>
      </ul>
    </section>
    <section aria-labelledby="stays">
      <h2 id="stays">${page.t('archive.stays')}</h2>
      <ul>
        <li>${page.t('archive.stays-1')}</li>
        <li>${page.t('archive.stays-2')}</li>
        <li>${page.t('archive.stays-3')}</li>
      </ul>
    </section>
  </div>`;
}
