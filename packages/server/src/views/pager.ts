// Pages of a long table: previous, next, and where one is.
import { html } from 'hono/html';
import type { Html, Page } from './page.ts';

export interface Pager {
  readonly path: string;
  /** From 1. */
  readonly pageNumber: number;
  readonly pageCount: number;
  /** What else stands in the address, with its question mark: filters, a search. */
  readonly query?: string;
}

export function pager(page: Page, { path, pageNumber, pageCount, query = '' }: Pager): Html | '' {
  if (pageCount <= 1) return '';
  const link = (number: number, rel: 'prev' | 'next') =>
    html`<a class="button button--quiet" rel="${rel}" href="${page.href(`${path}${query === '' ? '?' : `${query}&`}page=${number}`)}"
      >${page.t(`nav.${rel}`)}</a
    >`;
  return html`<nav class="pager" aria-label="${page.t('nav.pages')}">
    ${pageNumber > 1 ? link(pageNumber - 1, 'prev') : ''}
    <span>${page.t('nav.page', { page: pageNumber, pages: pageCount })}</span>
    ${pageNumber < pageCount ? link(pageNumber + 1, 'next') : ''}
  </nav>`;
}
