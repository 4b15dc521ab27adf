// The page of a demonstration: how to log in, and voters to vote as. Nothing of it exists in a real instance.
import { html } from 'hono/html';
import { layoutPublic } from './layout.ts';
import { notice } from './notice.ts';
import type { Html, Page } from './page.ts';

export interface DemoVoterView {
  readonly name: string;
  readonly link: string;
  readonly code: string;
}

export interface DemoView {
  readonly email: string;
  readonly password: string;
  /** The election in which people vote. */
  readonly election: string;
  readonly keyFile: string;
  readonly passphrase: string;
  readonly waiting: readonly DemoVoterView[];
  readonly voted: readonly DemoVoterView[];
}

export function demoPage(page: Page, view: DemoView): Html {
  const content = html`<h1>${page.t('demo.title')}</h1>
    ${notice('info', page.t('demo.notice-title'), page.t('demo.notice'))}
    <h2>${page.t('demo.console-title')}</h2>
    <dl class="facts">
      <div>
        <dt>${page.t('demo.email')}</dt>
        <dd><code>${view.email}</code></dd>
      </div>
      <div>
        <dt>${page.t('demo.password')}</dt>
        <dd><code>${view.password}</code></dd>
      </div>
    </dl>
    <p><a class="button button--secondary" href="${page.href('/console')}">${page.t('demo.to-console')}</a></p>
    <h2>${page.t('demo.mails-title')}</h2>
    <p>${page.t('demo.mails')}</p>
    <p><a class="button button--secondary" href="${page.href('/demo/mails')}">${page.t('demo.to-mails')}</a></p>
    <h2>${page.t('demo.voters-title')}</h2>
    <p>${page.t('demo.voters', { election: view.election })}</p>
    ${voterTable(page, page.t('demo.waiting'), view.waiting)}
    ${voterTable(page, page.t('demo.voted'), view.voted)}
    <h2>${page.t('demo.key-title')}</h2>
    <p>${page.t('demo.key', { election: view.election })}</p>
    <p><code>${view.passphrase}</code></p>
    <details>
      <summary>${page.t('demo.key-file')}</summary>
      <pre class="demo-key">${view.keyFile}</pre>
    </details>`;
  return layoutPublic(page, { title: page.t('demo.title'), content, shape: 'wide' });
}

function voterTable(page: Page, caption: string, voters: readonly DemoVoterView[]): Html {
  return html`<h3>${caption}</h3>
    <table class="table table--stack">
    <thead>
      <tr>
        <th scope="col">${page.t('demo.name')}</th>
        <th scope="col">${page.t('demo.code')}</th>
        <th scope="col">${page.t('demo.link')}</th>
      </tr>
    </thead>
    <tbody>
      ${voters.map(
        ({ name, code, link }) => html`<tr>
          <th scope="row">${name}</th>
          <td data-label="${page.t('demo.code')}"><code>${code}</code></td>
          <td data-label="${page.t('demo.link')}"><a href="${page.href(`/vote/${link}`)}">${page.t('demo.vote-as', { name })}</a></td>
        </tr>`,
      )}
    </tbody>
  </table>`;
}
