// A refusal as a page: what happened, in the words of the reason, and the way out.
import { html } from 'hono/html';
import { layoutPublic } from './layout.ts';
import type { Html, Page } from './page.ts';

export interface ProblemView {
  readonly status: number;
  /** Finished sentences. */
  readonly title: string;
  readonly detail: string;
}

export function problemPage(page: Page, { status, title, detail }: ProblemView): Html {
  const signedIn = page.account !== undefined;
  const content = html`<div class="card">
    <p class="eyebrow">${page.t('problem.number', { status })}</p>
    <h1>${title}</h1>
    <p class="lead">${detail}</p>
    <p>
      <a class="button button--secondary" href="${page.href(signedIn ? '/console' : '/')}"
        >${page.t(signedIn ? 'problem.to-console' : 'problem.to-home')}</a
      >
    </p>
  </div>`;
  return layoutPublic(page, { title, content, shape: 'card' });
}
