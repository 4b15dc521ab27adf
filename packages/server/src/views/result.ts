// The result as the administrators see it before everyone does, and the act of publishing it.
import { html } from 'hono/html';
import { errorSummary } from './form.ts';
import { type ElectionHead, layoutConsole } from './layout-console.ts';
import { consoleMinutes, minutesSection } from './minutes-links.ts';
import { abandonedNotice, doneNotice, notice } from './notice.ts';
import type { Html, Page, Problems } from './page.ts';
import { printButton } from './print-button.ts';
import { type ResultView, resultSection } from './tally.ts';
import type { VotingWindow } from './window.ts';

export type ResultState =
  | { readonly kind: 'none' }
  | { readonly kind: 'abandoned' }
  | { readonly kind: 'below-minimum'; readonly ballots: number; readonly minimumBallots: number }
  | { readonly kind: 'counted'; readonly result: ResultView }
  | { readonly kind: 'published'; readonly result: ResultView; readonly publishedAt: number };

export interface ResultPageView {
  readonly election: ElectionHead;
  readonly window: VotingWindow;
  readonly state: ResultState;
  /** From the sealing of the box on. */
  readonly hasMinutes: boolean;
  readonly problems: Problems;
  readonly done?: string | undefined;
}

export function resultPage(page: Page, view: ResultPageView): Html {
  const { election, state, problems } = view;
  const title = page.t('nav.step.result');
  const content = html`${errorSummary(page, problems)} ${doneNotice(view.done)}
    <h1><span class="print-only">${election.name} – </span>${title}</h1>
    ${stateSection(page, view)}
    ${
      state.kind === 'counted' || state.kind === 'published'
        ? html`<div class="outcome">${resultSection(page, state.result)}</div>`
        : ''
    }
    ${view.hasMinutes ? minutesSection(page, consoleMinutes(election.id, state.kind !== 'abandoned')) : ''}`;
  return layoutConsole(page, {
    title,
    election,
    current: 'result',
    content,
    hasProblems: Object.keys(problems).length > 0,
  });
}

function stateSection(page: Page, { election, window, state }: ResultPageView): Html {
  const path = `/console/elections/${election.id}`;
  switch (state.kind) {
    case 'none':
      return html`<div class="empty">
        <h2>${page.t('result.none-title')}</h2>
        <p>${page.t('result.none')}</p>
        <p><a class="button button--primary" href="${page.href(path)}">${page.t('arm.to-checklist')}</a></p>
      </div>`;
    case 'abandoned':
      return abandonedNotice(page);
    case 'below-minimum':
      return notice('warn', page.t('deliberate.below-title'), page.t('deliberate.below', state));
    case 'counted':
      return html`<section class="next-step screen-only" aria-labelledby="publish">
        <h2 id="publish">${page.t('result.publish-title')}</h2>
        ${page.account?.role === 'admin' ? publishForm(page, path) : html`<p>${page.t('checklist.of-admin')}</p>`}
      </section>`;
    case 'published':
      return html`<div class="screen-only">
        ${notice(
          'good',
          page.t('result.published', { at: page.formatInstant(state.publishedAt, window.zone) }),
          html`<a href="${page.href(`/elections/${election.id}`)}">${page.t('checklist.public-page')}</a>`,
        )}
        <div class="actions">${printButton(page, page.t('result.print'))}</div>
      </div>`;
  }
}

const publishForm = (page: Page, path: string): Html =>
  html`<p>${page.t('result.publish-text')}</p>
    <form method="post" action="${page.href(`${path}/publish`)}">
      <button class="button button--primary">${page.t('result.publish')}</button>
    </form>`;
