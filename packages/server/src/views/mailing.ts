// One mailing: how far it is, what became of each mail in words, and the ways to pause, stop or send again.
import { html } from 'hono/html';
import { attributes } from './attributes.ts';
import { breakable } from './breakable.ts';
import { deadAddressNotice } from './dead-addresses.ts';
import { type ElectionHead, layoutConsole } from './layout-console.ts';
import type { MailKind } from './letter.ts';
import { doneNotice, notice } from './notice.ts';
import type { Html, Page } from './page.ts';
import { pager } from './pager.ts';
import { voterPath } from './roll-query.ts';

export type DeliveryStatus = 'queued' | 'sending' | 'accepted' | 'deferred' | 'rejected' | 'unknown' | 'cancelled';
export const deliveryStatuses: readonly DeliveryStatus[] = [
  'queued',
  'sending',
  'accepted',
  'deferred',
  'rejected',
  'unknown',
  'cancelled',
];

export interface MailingState {
  readonly id: string;
  readonly kind: MailKind;
  readonly state: 'running' | 'paused' | 'stopped' | 'cancelled' | 'finished';
  /** One of the causes, or empty. */
  readonly why: string;
  readonly startedAt: number;
  readonly total: number;
  readonly counts: Readonly<Partial<Record<DeliveryStatus, number>>>;
}

export interface MailRecipient {
  readonly voterId: string;
  readonly name: string;
  readonly email: string;
  readonly status: DeliveryStatus;
  readonly cause: string;
  readonly replyCode: string;
}

export interface MailingView {
  readonly election: ElectionHead;
  readonly zone: string;
  readonly mailing: MailingState;
  /** Finished: "about 4 minutes"; undefined when there is nothing to wait for. */
  readonly remaining?: string | undefined;
  /** Why mails did not arrive, or not yet; most frequent first. */
  readonly causes: readonly { readonly status: DeliveryStatus; readonly cause: string; readonly n: number }[];
  readonly recipients: readonly MailRecipient[];
  readonly status?: DeliveryStatus | undefined;
  readonly pageNumber: number;
  readonly pageCount: number;
  /** Whose mail was refused or is unknown, and who would get it again now. */
  readonly again: number;
  /** Voters who would not: their address does not exist. */
  readonly deadAddresses: number;
  /** Administrators act; observers only read. */
  readonly mayAct: boolean;
  readonly done?: string | undefined;
}

const settled = ({ counts }: MailingState): number =>
  (counts.accepted ?? 0) + (counts.rejected ?? 0) + (counts.unknown ?? 0) + (counts.cancelled ?? 0);

/** In a list: what, when, how far. */
export function mailingLine(page: Page, path: string, mailing: MailingState, zone: string): Html {
  const { kind, state, total, startedAt } = mailing;
  return html`<li class="row">
    <div>
      <h3><a href="${page.href(path)}">${page.t(`mails.kind.${kind}`)}</a></h3>
      <p class="quiet">
        ${page.formatShortMoment(startedAt, zone)} · ${page.t('mailing.progress', { done: settled(mailing), total })}
      </p>
    </div>
    <span class="pill pill--${pillOf[state]}">${page.t(`mailing.state.${state}`)}</span>
  </li>`;
}

const pillOf = { running: 'open', paused: 'warn', stopped: 'bad', cancelled: 'draft', finished: 'published' } as const;

export function mailingPage(page: Page, view: MailingView): Html {
  const { election, mailing } = view;
  const title = page.t(`mails.kind.${mailing.kind}`);
  const content = html`${doneNotice(view.done)}
    <p><a href="${page.href(`/console/elections/${election.id}/mails`)}">${page.t('mails.back')}</a></p>
    <h1>${title}</h1>
    ${progress(page, view)} ${view.mayAct ? acts(page, view) : ''} ${causeList(page, view)} ${recipientsSection(page, view)}`;
  return layoutConsole(page, { title, election, current: 'mails', content });
}

/** Causes that the settings of the mail server can mend. */
const mendable: readonly string[] = [
  'bad-settings',
  'certificate-refused',
  'login-failed',
  'no-connection',
  'port-without-tls',
  'sender-refused',
  'timed-out',
  'tls-failed',
  'unknown-host',
];

function whyNotice(page: Page, { state, why }: MailingState): Html {
  const href = page.href('/console/configure/smtp');
  const link = html`<a href="${href}">${page.t('mailing.to-settings')}</a>`;
  const text = html`${page.t(`mail-cause.${why as 'login-failed'}`)} ${mendable.includes(why) ? link : ''}`;
  const isStopped = state === 'stopped';
  return notice(isStopped ? 'bad' : 'warn', page.t(`mailing.why.${isStopped ? 'stopped' : 'waits'}`), text);
}

function progress(page: Page, { election, mailing, remaining }: MailingView): Html {
  const { state, why, total } = mailing;
  const source = page.href(`/api/elections/${election.id}/mailings/${mailing.id}`);
  const watched = state === 'running' ? { 'data-watch': source, 'data-why': why } : {};
  return html`<section class="card" aria-labelledby="progress" ${attributes(watched)}>
    <h2 id="progress" class="visually-hidden">${page.t('mailing.progress-title')}</h2>
    <p role="status">
      <span class="pill pill--${pillOf[state]}">${page.t(`mailing.state.${state}`)}</span>
      <span data-watched="progress">${page.t('mailing.progress', { done: settled(mailing), total })}</span>
    </p>
    <progress max="${Math.max(total, 1)}" value="${settled(mailing)}" aria-labelledby="progress"></progress>
    ${remaining === undefined ? '' : html`<p data-watched="remaining">${remaining}</p>`}
    ${why === '' ? '' : whyNotice(page, mailing)}
    <dl class="facts facts--grid">
      ${deliveryStatuses
        .filter((status) => (mailing.counts[status] ?? 0) > 0)
        .map(
          (status) =>
            html`<div>
              <dt>${page.t(`mailing.status.${status}`)}</dt>
              <dd data-watched="${status}">${page.formatNumber(mailing.counts[status] ?? 0)}</dd>
            </div>`,
        )}
    </dl>
    ${state === 'running' ? html`<p class="hint">${page.t('mailing.leave')}</p>` : ''}
  </section>`;
}

function causeList(page: Page, { causes }: MailingView): Html | '' {
  if (causes.length === 0) return '';
  return html`<section aria-labelledby="causes">
    <h2 id="causes">${page.t('mailing.causes')}</h2>
    <ul class="spaced">
      ${causes.map(
        ({ status, cause, n }) =>
          html`<li>
            ${page.t(`mailing.status.${status}`)} · ${page.formatNumber(n)} · ${page.t(`mail-cause.${cause as 'login-failed'}`)}
          </li>`,
      )}
    </ul>
  </section>`;
}

const offered: Readonly<Record<MailingState['state'], readonly ('pause' | 'resume' | 'cancel')[]>> = {
  running: ['pause', 'cancel'],
  paused: ['resume', 'cancel'],
  stopped: ['resume', 'cancel'],
  cancelled: [],
  finished: [],
};

function acts(page: Page, { election, mailing, again, deadAddresses }: MailingView): Html | '' {
  const path = `/console/elections/${election.id}/mails/${mailing.id}`;
  const button = (act: string, label: string, style: string) =>
    html`<form method="post" action="${page.href(`${path}/${act}`)}">
      <button class="button button--${style}">${label}</button>
    </form>`;
  return html`<div class="actions">
      ${offered[mailing.state].map((act) => button(act, page.t(`mailing.act.${act}`), act === 'cancel' ? 'danger' : 'secondary'))}
      ${again > 0 ? button('again', page.t('mailing.again', { count: again }), 'secondary') : ''}
    </div>
    ${again > 0 ? html`<p class="hint">${page.t('mailing.again-hint')}</p>` : ''}
    ${deadAddressNotice(page, election, deadAddresses)}`;
}

function recipientsSection(page: Page, view: MailingView): Html {
  const { election, mailing, recipients, status, pageNumber, pageCount } = view;
  const path = `/console/elections/${election.id}/mails/${mailing.id}`;
  const filter = (value: DeliveryStatus | undefined, label: string) => html`<li>
    <a
      href="${page.href(value === undefined ? path : `${path}?status=${value}`)}"
      ${attributes({ 'aria-current': value === status ? 'true' : undefined })}
      >${label}</a
    >
  </li>`;
  const present = deliveryStatuses.filter((name) => (mailing.counts[name] ?? 0) > 0);
  return html`<div>
    <h2 id="recipients">${page.t('mailing.recipients')}</h2>
    <ul class="switches">
      ${filter(undefined, page.t('mailing.all'))} ${present.map((name) => filter(name, page.t(`mailing.status.${name}`)))}
    </ul>
    <div class="table-frame table-frame--tall" tabindex="0" role="region" aria-labelledby="recipients">
      <table class="table table--stack table--dense">
        <thead>
          <tr>
            <th scope="col">${page.t('voters.name')}</th>
            <th scope="col">${page.t('voters.email')}</th>
            <th scope="col">${page.t('mailing.became')}</th>
          </tr>
        </thead>
        <tbody>
          ${recipients.map((recipient) => recipientRow(page, election, recipient))}
        </tbody>
      </table>
    </div>
    ${pager(page, { path, query: status === undefined ? '' : `?status=${status}`, pageNumber, pageCount })}
  </div>`;
}

function recipientRow(
  page: Page,
  election: ElectionHead,
  { voterId, name, email, status, cause, replyCode }: MailRecipient,
): Html {
  return html`<tr>
    <th scope="row"><a href="${page.href(voterPath(election, voterId))}">${name}</a></th>
    <td data-label="${page.t('voters.email')}"><span>${breakable(email)}</span></td>
    <td data-label="${page.t('mailing.became')}">
      <span class="became"
        >${page.t(`mailing.status.${status}`)}
        ${cause === '' ? '' : html`<span class="quiet">${page.t(`mail-cause.${cause as 'login-failed'}`)} ${replyCode}</span>`}
      </span>
    </td>
  </tr>`;
}
