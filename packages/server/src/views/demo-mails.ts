// The mails that a demonstration caught: a list, and each as a phone shows it on a light and a dark screen, beside its plain
// text and its head. The phones are frames without an origin: what stands in a mail is a stranger's.
import { html } from 'hono/html';
import { fact } from './facts.ts';
import { layoutPublic } from './layout.ts';
import type { Html, Page } from './page.ts';
import { pager } from './pager.ts';

export const schemes = ['light', 'dark'] as const;
export type Scheme = (typeof schemes)[number];

export interface DemoMailView {
  readonly id: string;
  readonly at: number;
  readonly from: string;
  /** The name of whoever sent it, as a phone shows it. */
  readonly sender: string;
  readonly to: string;
  readonly subject: string;
  /** As it went over the wire. */
  readonly head: string;
  readonly text: string;
  readonly html: string;
}

export interface DemoMailsView {
  readonly mails: readonly DemoMailView[];
  readonly count: number;
  readonly pageNumber: number;
  readonly pageCount: number;
  readonly query: string;
  readonly zone: string;
  /** Where mails are taken by SMTP. */
  readonly address: string;
}

const path = '/demo/mails';

export function demoMailsPage(page: Page, view: DemoMailsView): Html {
  const { mails, count, query, pageNumber, pageCount } = view;
  const title = page.t('demo.mails-title');
  const search = query === '' ? '' : `?${new URLSearchParams({ q: query }).toString()}`;
  const content = html`<h1>${title}</h1>
    <p class="lead">${page.t('demo.mails-lead', { address: view.address })}</p>
    <form method="get" action="${page.href(path)}" role="search" class="field">
      <label for="q">${page.t('demo.mails-search')}</label>
      <div class="search-row">
        <input id="q" name="q" type="search" value="${query}" maxlength="200" autocomplete="off" />
        <button class="button button--secondary">${page.t('demo.mails-find')}</button>
      </div>
    </form>
    <p role="status">${page.t('demo.mails-count', { count })}</p>
    ${mails.length === 0 ? html`<p class="quiet">${page.t('demo.mails-none')}</p>` : table(page, mails, view.zone)}
    ${pager(page, { path, pageNumber, pageCount, query: search })}
    <p><a href="${page.href('/demo')}">${page.t('demo.banner-link')}</a></p>`;
  return layoutPublic(page, { title, content, shape: 'wide' });
}

function table(page: Page, mails: readonly DemoMailView[], zone: string): Html {
  const [subject, to, at] = [page.t('demo.mails-subject'), page.t('demo.mails-to'), page.t('demo.mails-at')];
  return html`<table class="table table--stack">
    <thead>
      <tr>
        <th scope="col">${subject}</th>
        <th scope="col">${to}</th>
        <th scope="col">${at}</th>
      </tr>
    </thead>
    <tbody>
      ${mails.map(
        (mail) => html`<tr>
          <th scope="row"><a href="${page.href(`${path}/${mail.id}`)}">${subjectOf(page, mail)}</a></th>
          <td data-label="${to}">${mail.to}</td>
          <td data-label="${at}">${page.formatShortMoment(mail.at, zone)}</td>
        </tr>`,
      )}
    </tbody>
  </table>`;
}

const subjectOf = (page: Page, { subject }: DemoMailView): string => subject || page.t('demo.mails-no-subject');

export function demoMailPage(page: Page, mail: DemoMailView, zone: string): Html {
  const title = subjectOf(page, mail);
  const content = html`<p><a href="${page.href(path)}">${page.t('demo.mails-back')}</a></p>
    <h1>${title}</h1>
    <dl class="facts">
      ${fact(page.t('demo.mails-from'), mail.from)} ${fact(page.t('demo.mails-to'), mail.to)}
      ${fact(page.t('demo.mails-at'), page.formatMoment(mail.at, zone))}
    </dl>
    <div class="mail-sights">
      ${mail.html === '' ? html`<p class="quiet">${page.t('demo.mails-no-html')}</p>` : schemes.map((scheme) => phone(page, mail, scheme))}
      <section class="mail-source" aria-labelledby="text">
        <h2 id="text">${page.t('demo.mails-text')}</h2>
        <pre class="mail-text" tabindex="0">${mail.text}</pre>
      </section>
    </div>
    <section aria-labelledby="head">
      <h2 id="head">${page.t('demo.mails-head')}</h2>
      <pre class="mail-text" tabindex="0">${mail.head}</pre>
    </section>`;
  return layoutPublic(page, { title, content, shape: 'wide' });
}

/** No scripts, no forms, no origin; only links, which open beside. */
const sandbox = 'allow-popups allow-popups-to-escape-sandbox';

function phone(page: Page, mail: DemoMailView, scheme: Scheme): Html {
  const href = page.href(`${path}/${mail.id}/${scheme}`);
  const name = page.t(`demo.mails-${scheme}`);
  return html`<figure class="mail-phone">
    <figcaption>
      ${name} <a href="${href}" target="_blank" rel="noopener">${page.t('demo.mails-alone')}</a>
    </figcaption>
    <div class="letter letter--phone letter--${scheme}">
      <header class="letter-head">
        <p class="letter-subject">${mail.subject}</p>
        <p>${mail.sender}</p>
      </header>
      <iframe src="${href}" title="${name}" sandbox="${sandbox}" referrerpolicy="no-referrer"></iframe>
    </div>
  </figure>`;
}
