// Whether the audit log's chain is whole: when that was last checked, and a button to check it now.
import { html } from 'hono/html';
import type { Html, Page } from './page.ts';

export interface ChainState {
  /** Undefined before the first check. */
  readonly checkedAt?: number | undefined;
  /** Finished: what is wrong, and where. */
  readonly fault?: string | undefined;
  /** The button leads here and comes back. */
  readonly checkUrl: string;
}

export function chainPanel(page: Page, { checkedAt, fault, checkUrl }: ChainState, zone: string): Html {
  const at = checkedAt === undefined ? '' : page.formatInstant(checkedAt, zone);
  return html`<section class="check ${fault === undefined ? '' : 'check--bad'}" aria-labelledby="chain-title">
    <div>
      <h2 id="chain-title">${page.t('audit.chain-title')}</h2>
      ${
        checkedAt === undefined
          ? html`<p>${page.t('audit.chain-never')}</p>`
          : html`<p class="verdict ${fault === undefined ? 'verdict--good' : 'verdict--bad'}">
                ${fault ?? page.t('audit.chain-whole')}
              </p>
              <p class="quiet">${page.t('audit.chain-checked', { at })}</p>`
      }
    </div>
    <form method="post" action="${page.href(checkUrl)}">
      <button class="button button--secondary">${page.t('audit.chain-check')}</button>
    </form>
  </section>`;
}
