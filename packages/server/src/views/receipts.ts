// Every receipt in the box, after the close: anyone finds their own, and sees that it stands there once.
import { html } from 'hono/html';
import { textField } from './form.ts';
import { grouped } from './grouped.ts';
import { layoutPublic } from './layout.ts';
import type { Html, Page } from './page.ts';

export interface ReceiptsView {
  readonly election: { readonly id: string; readonly name: string };
  readonly ballots: number;
  /** As it was asked for. */
  readonly from: string;
  readonly receipts: readonly string[];
  readonly next: string | undefined;
}

export function receiptsPage(page: Page, { election, ballots, from, receipts, next }: ReceiptsView): Html {
  const title = page.t('receipts.title');
  const path = `/elections/${election.id}/receipts`;
  const content = html`<p><a href="${page.href(`/elections/${election.id}`)}">${election.name}</a></p>
    <h1>${title}</h1>
    <p class="lead">${page.t('receipts.lead', { ballots })}</p>
    <form method="get" action="${page.href(path)}" class="form" role="search">
      ${textField({
        name: 'from',
        label: page.t('receipts.from'),
        hint: page.t('receipts.from-hint'),
        value: from,
        more: { autocomplete: 'off', spellcheck: 'false', class: 'input-key', maxlength: 60 },
      })}
      <button class="button button--secondary">${page.t('receipts.show')}</button>
    </form>
    ${
      receipts.length === 0
        ? html`<div class="empty">
          <h2>${page.t('receipts.none')}</h2>
          <p>${page.t('receipts.none-hint')}</p>
        </div>`
        : html`<ul class="receipt-list">
            ${receipts.map((receipt) => html`<li><code>${grouped(receipt)}</code></li>`)}
          </ul>`
    }
    <nav class="pager" aria-label="${page.t('nav.pages')}">
      ${from === '' ? '' : html`<a class="button button--quiet" href="${page.href(path)}">${page.t('receipts.start')}</a>`}
      ${
        next === undefined
          ? ''
          : html`<a class="button button--quiet" rel="next" href="${page.href(`${path}?from=${next}`)}"
              >${page.t('nav.next')}</a
            >`
      }
    </nav>`;
  return layoutPublic(page, { title, content });
}
