// The last page of the set-up, made to be printed: the secret without which a backup is worth nothing.
import { html } from 'hono/html';
import { fact } from './facts.ts';
import { grouped } from './grouped.ts';
import { layoutConsole } from './layout-console.ts';
import { notice } from './notice.ts';
import type { Html, Page } from './page.ts';
import { printButton } from './print-button.ts';

export interface RecoveryView {
  readonly baseUrl: string;
  /** As the operator would type it. */
  readonly secret: string;
  /** Epoch milliseconds, and the zone to tell it in. */
  readonly printedAt: number;
  readonly zone: string;
}

export function recoveryPage(page: Page, { baseUrl, secret, printedAt, zone }: RecoveryView): Html {
  const title = page.t('setup.recovery-title');
  const content = html`<div class="screen-only">
      <p class="eyebrow">${page.t('setup.step', { current: 3, total: 3 })}</p>
      <h1>${title}</h1>
      <p class="lead">${page.t('setup.recovery-lead')}</p>
      ${notice('warn', page.t('setup.recovery-warning-title'), page.t('setup.recovery-warning'))}
    </div>
    <article class="sheet" aria-labelledby="recovery-heading">
      <h2 id="recovery-heading">${page.t('setup.recovery-heading')}</h2>
      <dl class="facts facts--long">
        ${fact(page.t('setup.organisation'), page.organisation)} ${fact(page.t('setup.baseUrl'), baseUrl)}
        ${fact(page.t('setup.recovery-printed'), page.formatInstant(printedAt, zone))}
        ${fact(page.t('setup.recovery-secret'), html`<code class="secret">${grouped(secret)}</code>`)}
      </dl>
      <p class="hint">${page.t('setup.recovery-spaces')}</p>
      <h3>${page.t('setup.recovery-use-title')}</h3>
      <ol>
        <li>${page.t('setup.recovery-use-1')}</li>
        <li>${page.t('setup.recovery-use-2')}</li>
        <li>${page.t('setup.recovery-use-3')}</li>
      </ol>
    </article>
    <div class="actions">
      ${printButton(page, page.t('setup.recovery-print'))}
      <a class="button button--secondary" href="${page.href('/console')}">${page.t('setup.recovery-continue')}</a>
    </div>`;
  return layoutConsole(page, { title, content });
}
