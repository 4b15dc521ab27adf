// A trustee's page, reached by their own link: the place where their program makes their part of the key and, after the close,
// their share of the result. What is secret never reaches the server.
import { html } from 'hono/html';
import { jsonBlock } from './json-block.ts';
import { layoutPublic } from './layout.ts';
import { notice } from './notice.ts';
import type { Html, Page } from './page.ts';

/** The same names as the program reads (packages/browser/src/trustee/data.ts). */
export interface TrusteeData {
  readonly locale: 'en' | 'fr';
  readonly electionName: string;
  readonly trusteeName: string;
  readonly fileName: string;
  readonly seatUrl: string;
  readonly stepUrl: string;
  readonly shareUrl: string;
  readonly archiveUrl: string;
  readonly electionUrl: string;
  readonly workerUrl: string;
  /** Finished. */
  readonly closes: string;
  /** Keys without the `trustee.` prefix. */
  readonly messages: Readonly<Record<string, string>>;
}

export function trusteePage(page: Page, data: TrusteeData): Html {
  const title = page.t('trustee.page-title', { name: data.trusteeName });
  const content = html`<div class="screen-only">
      <p class="eyebrow">${data.electionName}</p>
      <h1>${title}</h1>
    </div>
    <div id="trustee">
      <p class="script-only" role="status">${page.t('arm.loading')}</p>
      <noscript>${notice('warn', page.t('arm.no-script-title'), page.t('trustee.no-script'))}</noscript>
    </div>
    ${jsonBlock('trustee-data', data)}`;
  return layoutPublic(page, { title, content, scripts: ['trustee'] });
}
