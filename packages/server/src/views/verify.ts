// The page on which anyone checks an election: the place of the program that does it, what to do without scripts, and the same
// checker as a file.
import { html } from 'hono/html';
import { jsonBlock } from './json-block.ts';
import { layoutPublic } from './layout.ts';
import { notice } from './notice.ts';
import type { Html, Page } from './page.ts';

export const diskFileName = 'votix-verify.html';

/** The same names as the program reads (packages/browser/src/verify/data.ts). */
export interface ListedElection {
  readonly id: string;
  readonly name: string;
  /** Finished. */
  readonly when: string;
  readonly fileName: string;
  readonly fileUrl: string;
  readonly strictUrl: string | null;
}

export interface VerifyData {
  readonly locale: 'en' | 'fr';
  readonly workerUrl: string;
  readonly version: string;
  readonly elections: readonly ListedElection[];
  readonly chosen: string;
  /** Keys without the `verify.` prefix. */
  readonly messages: Readonly<Record<string, string>>;
}

export interface VerifyView {
  readonly data: VerifyData;
  readonly disk: { readonly bytes: number; readonly digest: string };
}

export function verifyPage(page: Page, { data, disk }: VerifyView): Html {
  const title = page.t('verify.page-title');
  const content = html`<h1>${title}</h1>
    <p class="lead screen-only">${page.t('verify.page-lead')}</p>
    <div id="verify">
      <p class="script-only" role="status">${page.t('verify.loading')}</p>
      <noscript>${withoutScripts(page, data.elections)}</noscript>
    </div>
    ${diskSection(page, disk)} ${jsonBlock('verify-data', data)}`;
  return layoutPublic(page, { title, content, scripts: ['verify'] });
}

function withoutScripts(page: Page, elections: readonly ListedElection[]): Html {
  return html`${notice('info', page.t('verify.no-script-title'), page.t('verify.no-script'))}
    <pre class="commands"><code>node votix-offline.mjs verify votix-record-….json
node votix-offline.mjs verify ….bel --strict strict.json</code></pre>
    ${
      elections.length === 0
        ? html`<p>${page.t('verify.no-script-files')}</p>`
        : html`<ul class="spaced">
          ${elections.map(({ name, when, fileName, fileUrl, strictUrl }) => {
            const strict = strictUrl === null ? '' : html`, <a href="${strictUrl}" download>strict.json</a>`;
            return html`<li>${name}, ${when} – <a href="${fileUrl}" download>${fileName}</a>${strict}</li>`;
          })}
        </ul>`
    }`;
}

function diskSection(page: Page, { bytes, digest }: VerifyView['disk']): Html {
  const kilobytes = page.formatNumber(Math.ceil(bytes / 1000));
  return html`<section class="screen-only" aria-labelledby="disk-title">
    <h2 id="disk-title">${page.t('verify.disk-title')}</h2>
    <p>${page.t('verify.disk-text')}</p>
    <p>
      <a class="button button--secondary" href="${page.href(`/verify/${diskFileName}`)}" download
        >${page.t('verify.disk-link', { kilobytes })}</a
      >
    </p>
    <dl class="facts">
      <div>
        <dt>${page.t('verify.disk-digest')}</dt>
        <dd><code class="digest">${digest}</code></dd>
      </div>
    </dl>
    <p class="hint">${page.t('verify.disk-compare')}</p>
  </section>`;
}
