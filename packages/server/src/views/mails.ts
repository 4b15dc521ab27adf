// The mails of an election: what can be sent now and to how many, how a voter gets the code, and what was sent.
import { html } from 'hono/html';
import { type ArrivalSection, arrivalSection } from './arrival.ts';
import { attributes } from './attributes.ts';
import { type ElectionHead, layoutConsole } from './layout-console.ts';
import { type LetterPreview, letterPreview, type MailKind } from './letter.ts';
import { deadAddressNotice } from './dead-addresses.ts';
import { type MailingState, mailingLine } from './mailing.ts';
import { doneNotice, notice } from './notice.ts';
import type { Html, Page } from './page.ts';
import { type ReturnsView, returnsSection } from './returns.ts';
import { type GroupChoices, groupSelects, type RollQuery, rollSearch } from './roll-query.ts';

export type CodeChannel = 'same-mail' | 'own-mail' | 'paper';

export interface MailOffer {
  readonly kind: MailKind;
  /** How many would get it now. */
  readonly recipients: number;
  /** Why not now; finished. */
  readonly obstacle?: string | undefined;
  /** The one that is going on. */
  readonly running?: string | undefined;
  /** Voters who came after the others had got it. */
  readonly late: number;
}

export interface MailsView {
  readonly election: ElectionHead;
  readonly offers: readonly MailOffer[];
  readonly channel: CodeChannel;
  readonly channels: readonly CodeChannel[];
  readonly mailings: readonly MailingState[];
  readonly zone: string;
  /** Voters who get no mail: their address does not exist. */
  readonly deadAddresses: number;
  /** Nobody has told Votix of a mail server yet. */
  readonly isServerMissing: boolean;
  /** Undefined while there is no sender. */
  readonly arrival?: ArrivalSection | undefined;
  /** Undefined while no mailbox for returned mails is set. */
  readonly returns?: ReturnsView | undefined;
  readonly done?: string | undefined;
}

const pathOf = ({ id }: ElectionHead): string => `/console/elections/${id}/mails`;

export function mailsPage(page: Page, view: MailsView): Html {
  const { election, offers, mailings, isServerMissing } = view;
  const title = page.t('nav.step.mails');
  const content = html`${doneNotice(view.done)}
    <h1>${title}</h1>
    <p class="lead">${page.t('mails.lead')}</p>
    ${isServerMissing ? serverMissing(page) : ''} ${deadAddressNotice(page, election, view.deadAddresses)}
    <ul class="rows">
      ${offers.map((offer) => offerRow(page, election, offer))}
    </ul>
    ${channelForm(page, view)}
    <section aria-labelledby="sent">
      <h2 id="sent">${page.t('mails.sent-title')}</h2>
      ${
        mailings.length === 0
          ? html`<p class="quiet">${page.t('mails.sent-none')}</p>`
          : html`<ul class="rows">
            ${mailings.map((mailing) => mailingLine(page, `${pathOf(election)}/${mailing.id}`, mailing, view.zone))}
          </ul>`
      }
    </section>
    ${isServerMissing ? '' : returnsSection(page, view.returns, view.zone)}
    ${view.arrival === undefined ? '' : arrivalSection(page, view.arrival)}`;
  return layoutConsole(page, { title, election, current: 'mails', content });
}

function serverMissing(page: Page): Html {
  const href = page.href('/console/configure/smtp');
  const link = html`<a href="${href}">${page.t('mails.to-settings')}</a>`;
  return notice('warn', page.t('mails.no-server-title'), html`${page.t('mails.no-server')} ${link}`);
}

/** Administrators send; observers only read. */
const maySend = (page: Page): boolean => page.account?.role === 'admin';

function offerRow(page: Page, election: ElectionHead, offer: MailOffer): Html {
  const { kind, recipients, obstacle, running, late } = offer;
  const name = page.t(`mails.kind.${kind}`);
  const can = maySend(page) && obstacle === undefined && recipients > late && running === undefined;
  const why =
    running === undefined
      ? (obstacle ?? page.t(`mails.lacking.${kind}`, { count: recipients }))
      : page.t('mails.is-running');
  return html`<li class="row">
    <div>
      <h2>${name}</h2>
      <p>${page.t(`mails.about.${kind}`)}</p>
      <p class="quiet">${why}</p>
    </div>
    <div class="actions">
      <a class="button button--quiet" href="${page.href(`${pathOf(election)}/texts/${kind}`)}"
        >${page.t(maySend(page) ? 'mails.edit-text' : 'mails.see-text')} <span class="visually-hidden">${name}</span></a
      >
      ${
        running === undefined
          ? ''
          : html`<a class="button button--secondary" href="${page.href(`${pathOf(election)}/${running}`)}"
            >${page.t('mails.see-running')} <span class="visually-hidden">${name}</span></a
          >`
      }
      ${lateForm(page, election, offer)}
      ${
        can
          ? html`<a class="button button--secondary" href="${page.href(`${pathOf(election)}/send/${kind}`)}"
            >${page.t('mails.preview-and-send')} <span class="visually-hidden">${name}</span></a
          >`
          : ''
      }
    </div>
  </li>`;
}

/** One press: the text and its look were agreed to when the others got it. */
function lateForm(page: Page, election: ElectionHead, { kind, late, obstacle }: MailOffer): Html | '' {
  if (late === 0 || obstacle !== undefined || !maySend(page)) return '';
  return html`<form method="post" action="${page.href(`${pathOf(election)}/send/${kind}?late=yes`)}">
    <button class="button button--secondary">
      ${page.t('mails.late', { count: late })}
      <span class="visually-hidden">${page.t(`mails.kind.${kind}`)}</span>
    </button>
  </form>`;
}

function channelForm(page: Page, { election, channel, channels }: MailsView): Html {
  const option = (value: CodeChannel) => {
    const input = { type: 'radio', name: 'channel', value, checked: value === channel, id: `channel-${value}` };
    return html`<div class="field field--check">
      <input ${attributes(input)} />
      <label for="channel-${value}">${page.t(`mails.channel.${value}`)}</label>
      <p class="hint">${page.t(`mails.channel.${value}-hint`)}</p>
    </div>`;
  };
  if (!maySend(page))
    return html`<section aria-labelledby="channel">
      <h2 id="channel">${page.t('mails.channel-title')}</h2>
      <p>${page.t(`mails.channel.${channel}`)}</p>
    </section>`;
  return html`<section class="card" aria-labelledby="channel">
    <h2 id="channel">${page.t('mails.channel-title')}</h2>
    <form method="post" action="${page.href(`${pathOf(election)}/channel`)}" class="form">
      <fieldset class="group">
        <legend class="visually-hidden">${page.t('mails.channel-title')}</legend>
        ${channels.map(option)}
      </fieldset>
      <button class="button button--secondary">${page.t('mails.channel-save')}</button>
    </form>
  </section>`;
}

export interface MailSendView {
  readonly election: ElectionHead;
  readonly kind: MailKind;
  /** Who is asked for, and what can be. */
  readonly query: RollQuery;
  readonly choices: GroupChoices;
  readonly recipients: number;
  /** Left out: their address does not exist. */
  readonly deadAddresses: number;
  /** Of real voters; the way in is masked. */
  readonly previews: readonly LetterPreview[];
  /** At the pace in force; finished. */
  readonly duration: string;
  /** What the provider takes a day, where that is less. */
  readonly perDay?: { readonly provider: string; readonly limit: number } | undefined;
}

/** The dry run: to how many, how it will look, how long it will take. Nothing is sent before the button. */
export function mailSendPage(page: Page, view: MailSendView): Html {
  const { election, kind, recipients } = view;
  const title = page.t(`mails.kind.${kind}`);
  const count = { count: recipients, duration: view.duration };
  const content = html`<p><a href="${page.href(pathOf(election))}">${page.t('mails.back')}</a></p>
    <h1>${title}</h1>
    <p class="lead" role="status">${recipients === 0 ? page.t('mails.dry-run-none') : page.t('mails.dry-run', count)}</p>
    ${deadAddressNotice(page, election, view.deadAddresses)}
    ${view.perDay === undefined ? '' : notice('warn', page.t('mails.per-day-title', view.perDay), page.t('mails.per-day'))}
    ${audienceForm(page, view)} ${recipients === 0 ? '' : sendForm(page, view)} ${previewSection(page, view)}`;
  return layoutConsole(page, { title, election, current: 'mails', content });
}

/** Nothing where everybody is alike. */
function audienceForm(page: Page, { election, kind, query, choices }: MailSendView): Html | '' {
  if (choices.buildings.length === 0 && choices.promotions.length < 2) return '';
  return html`<form method="get" action="${page.href(`${pathOf(election)}/send/${kind}`)}" class="card">
    <fieldset class="group">
      <legend>${page.t('mails.audience')}</legend>
      <div class="roll-choices">${groupSelects(page, query, choices)}</div>
    </fieldset>
    <button class="button button--secondary">${page.t('mails.audience-apply')}</button>
  </form>`;
}

function sendForm(page: Page, { election, kind, query, recipients }: MailSendView): Html {
  return html`<form method="post" action="${page.href(`${pathOf(election)}/send/${kind}${rollSearch(query)}`)}">
    <div class="actions">
      <button class="button button--primary">${page.t('mails.send', { count: recipients })}</button>
      <a class="button button--quiet" href="${page.href(`${pathOf(election)}/texts/${kind}`)}"
        >${page.t('mails.edit-text')}</a
      >
    </div>
  </form>`;
}

function previewSection(page: Page, { previews }: MailSendView): Html | '' {
  if (previews.length === 0) return '';
  return html`<section aria-labelledby="previews">
    <h2 id="previews">${page.t('mails.previews', { count: previews.length })}</h2>
    <p class="quiet">${page.t('mails.masked')}</p>
    ${previews.map((letter) => letterPreview(page, letter))}
  </section>`;
}
