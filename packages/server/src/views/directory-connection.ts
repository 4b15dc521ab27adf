// The connection to the directory of a Google Workspace: whose account, what it may read, when it was last used; to connect,
// to renew, to disconnect. Before Google asks for consent stands a page of ours with a link: a form may not lead elsewhere.
import { html } from 'hono/html';
import { attributes } from './attributes.ts';
import { copyable } from './copyable.ts';
import { checkbox } from './form.ts';
import { layoutConsole } from './layout-console.ts';
import { notice } from './notice.ts';
import type { Html, Page } from './page.ts';

export interface DirectoryOutcome {
  readonly kind: 'warn' | 'bad';
  readonly title: string;
  readonly text: string;
  /** In Google's own words; empty when it said nothing. */
  readonly said: string;
}

export interface DirectoryConnectionView {
  readonly redirectUri: string;
  /** Google sends people back to https only. */
  readonly isSecure: boolean;
  readonly mayEdit: boolean;
  readonly zone: string;
  readonly hasClient: boolean;
  readonly connection:
    | {
        readonly account: string;
        readonly organisation: string;
        readonly scopes: readonly string[];
        readonly connectedAt: number;
        readonly usedAt: number | undefined;
        readonly hasUnits: boolean;
        readonly problem: { readonly title: string; readonly text: string; readonly said: string } | undefined;
      }
    | undefined;
  readonly outcome?: DirectoryOutcome | undefined;
}

type Connection = NonNullable<DirectoryConnectionView['connection']>;
const base = '/console/configure/google';

export function directoryConnection(page: Page, view: DirectoryConnectionView): Html {
  const { connection, outcome } = view;
  return html`<section class="apart" id="directory" aria-labelledby="directory-title">
    <h2 id="directory-title">${page.t('directory.title')}</h2>
    ${outcome === undefined ? '' : html`<div role="alert">${telling(page, outcome)}</div>`}
    ${connection === undefined ? unconnected(page, view) : connected(page, view, connection)}
    ${view.mayEdit ? registration(page, view) : ''}
  </section>`;
}

function telling(page: Page, { kind, title, text, said }: DirectoryOutcome): Html {
  return notice(kind, title, html`<p>${text}</p>${saying(page, said)}`);
}

const saying = (page: Page, said: string): Html | '' =>
  said === '' ? '' : html`<p>${page.t('directory.said', { said })}</p>`;

function unconnected(page: Page, view: DirectoryConnectionView): Html {
  const { hasClient, isSecure, mayEdit } = view;
  if (!mayEdit) return html`<p>${page.t('directory.none')}</p>`;
  if (!hasClient) return html`<p>${page.t('directory.client-first')}</p>`;
  if (!isSecure) return notice('warn', page.t('directory.insecure-title'), page.t('directory.insecure'));
  return html`<p>${page.t('directory.lead')}</p>
    ${connectForm(page, { label: page.t('directory.connect'), style: 'primary', units: false })}`;
}

function connected(page: Page, view: DirectoryConnectionView, connection: Connection): Html {
  const { problem } = connection;
  const mayConnect = view.mayEdit && view.isSecure && view.hasClient;
  const label = page.t(problem ? 'directory.reconnect' : 'directory.connect-again');
  return html`${problem ? telling(page, { kind: 'bad', ...problem }) : ''}
    ${view.hasClient ? '' : notice('warn', page.t('directory.client-gone-title'), page.t('directory.client-gone'))}
    ${facts(page, view, connection)}
    ${mayConnect ? connectForm(page, { label, style: problem ? 'primary' : 'secondary', units: connection.hasUnits }) : ''}
    ${view.mayEdit ? disconnectForm(page) : ''}`;
}

interface Connecting {
  readonly label: string;
  readonly style: 'primary' | 'secondary';
  readonly units: boolean;
}

function connectForm(page: Page, { label, style, units }: Connecting): Html {
  return html`<form method="post" action="${page.href(`${base}/connect`)}" class="form">
    ${checkbox({ name: 'units', label: page.t('directory.with-units'), hint: page.t('directory.with-units-hint'), checked: units })}
    <button class="button button--${style}">${label}</button>
  </form>`;
}

function disconnectForm(page: Page): Html {
  return html`<form method="post" action="${page.href(`${base}/disconnect`)}" class="form">
    <p class="hint">${page.t('directory.disconnect-hint')}</p>
    <button class="button button--danger">${page.t('directory.disconnect')}</button>
  </form>`;
}

function facts(page: Page, { zone }: DirectoryConnectionView, connection: Connection): Html {
  const { account, organisation, scopes, connectedAt, usedAt, hasUnits } = connection;
  const used = usedAt === undefined ? page.t('directory.never-used') : page.formatMoment(usedAt, zone);
  const may = hasUnits
    ? (['directory.may-search', 'directory.may-units'] as const)
    : (['directory.may-search'] as const);
  return html`<dl class="facts facts--long">
    ${fact(page.t('directory.account'), account)} ${fact(page.t('directory.organisation'), organisation)}
    ${fact(page.t('directory.connected-at'), page.formatMoment(connectedAt, zone))}
    ${fact(page.t('directory.used-at'), used)}
    ${fact(
      page.t('directory.may'),
      html`<ul class="plain">
          ${may.map((key) => html`<li>${page.t(key)}</li>`)}
        </ul>
        <details>
          <summary>${page.t('directory.scopes')}</summary>
          <ul class="plain">
            ${scopes.map((scope) => html`<li><code>${scope}</code></li>`)}
          </ul>
        </details>`,
    )}
  </dl>`;
}

const fact = (term: string, value: string | Html): Html =>
  html`<div>
    <dt>${term}</dt>
    <dd>${value || '–'}</dd>
  </div>`;

/** What is typed into Google's console. */
function registration(page: Page, { redirectUri, isSecure, hasClient }: DirectoryConnectionView): Html | '' {
  if (!isSecure) return '';
  return html`<details ${attributes({ open: !hasClient })}>
    <summary>${page.t('directory.how-title')}</summary>
    <ol class="spaced">
      <li>${page.t('directory.how-project')}</li>
      <li>${page.t('directory.how-apis')}</li>
      <li>${page.t('directory.how-consent')}</li>
      <li>
        ${page.t('directory.how-client')}
        <p>${copyable(page, { id: 'redirect-uri', label: page.t('directory.redirect-uri'), value: redirectUri })}</p>
      </li>
      <li>${page.t('directory.how-save')}</li>
    </ol>
  </details>`;
}

export interface LeavingView {
  readonly address: string;
  readonly units: boolean;
}

/** The last page of ours before Google's. */
export function leavingPage(page: Page, { address, units }: LeavingView): Html {
  const title = page.t('directory.leave-title');
  const content = html`<p><a href="${page.href(base)}">${page.t('directory.leave-back')}</a></p>
    <h1>${title}</h1>
    <p class="lead">${page.t('directory.leave')}</p>
    <ul class="spaced">
      <li>${page.t('directory.asks-account')}</li>
      <li>${page.t('directory.asks-search')}</li>
      ${units ? html`<li>${page.t('directory.asks-units')}</li>` : ''}
    </ul>
    <p>${page.t('directory.leave-boxes')}</p>
    <p>
      <a class="button button--primary" href="${address}">${page.t('directory.leave-go')}</a>
    </p>
    <p class="hint">${page.t('directory.leave-once')}</p>`;
  return layoutConsole(page, { title, section: 'configure', content });
}
