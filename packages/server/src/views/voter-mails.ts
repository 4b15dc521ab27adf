// The mails of one voter: what became of each kind, and one of them sent to this voter alone.
import { html } from 'hono/html';
import { type ElectionHead, layoutConsole } from './layout-console.ts';
import { type LetterPreview, letterPreview, type MailKind } from './letter.ts';
import type { DeliveryStatus } from './mailing.ts';
import { notice } from './notice.ts';
import type { Html, Page } from './page.ts';
import { type RollQuery, rollSearch, voterPath } from './roll-query.ts';
import { nameOf, type VoterRow } from './voters.ts';

export interface VoterMail {
  readonly kind: MailKind;
  /** The newest one of this kind; undefined when none was ever sent. */
  readonly last?:
    | { readonly status: DeliveryStatus; readonly cause: string; readonly replyCode: string; readonly at: number }
    | undefined;
  /** May be sent now, by whoever looks at the page. */
  readonly canSend: boolean;
}

interface Place {
  readonly election: ElectionHead;
  readonly voter: VoterRow;
  readonly query: RollQuery;
}

export interface VoterMailsView extends Place {
  readonly zone: string;
  readonly mails: readonly VoterMail[];
}

const pathTo = ({ election, voter, query }: Place, kind: MailKind): string =>
  `${voterPath(election, voter.id)}/mail/${kind}${rollSearch(query)}`;

/** A section of the voter's page; nothing where nothing was sent and nothing can be. */
export function voterMails(page: Page, view: VoterMailsView): Html | '' {
  const shown = view.mails.filter(({ last, canSend }) => last !== undefined || canSend);
  if (shown.length === 0) return '';
  return html`<section aria-labelledby="mails">
    <h2 id="mails">${page.t('nav.step.mails')}</h2>
    <ul class="rows">
      ${shown.map((mail) => row(page, view, mail))}
    </ul>
  </section>`;
}

function row(page: Page, view: VoterMailsView, { kind, last, canSend }: VoterMail): Html {
  const name = page.t(`voter.mail.${kind}`);
  const became =
    last === undefined
      ? page.t('voter.mail-none')
      : html`${page.t(`mailing.status.${last.status}`)} · ${page.formatShortMoment(last.at, view.zone)}
        ${last.cause === '' ? '' : html`<br />${page.t(`mail-cause.${last.cause as 'login-failed'}`)} ${last.replyCode}`}`;
  return html`<li class="row">
    <div>
      <h3>${name}</h3>
      <p class="quiet">${became}</p>
    </div>
    ${
      canSend
        ? html`<a class="button button--secondary button--small" href="${page.href(pathTo(view, kind))}"
          >${page.t('mails.preview-and-send')} <span class="visually-hidden">${name}</span></a
        >`
        : ''
    }
  </li>`;
}

export interface VoterMailView extends Place {
  readonly kind: MailKind;
  readonly letter: LetterPreview;
  /** They have got one already, or may have. */
  readonly isSecond: boolean;
}

/** The dry run for one voter; nothing is sent before the button. */
export function voterMailPage(page: Page, view: VoterMailView): Html {
  const { election, voter, query, kind, letter } = view;
  const title = page.t('voter.mail-title', { mail: page.t(`voter.mail.${kind}`), name: nameOf(voter) });
  const content = html`<p>
      <a href="${page.href(voterPath(election, voter.id) + rollSearch(query))}"
        >${page.t('voter.back', { name: nameOf(voter) })}</a
      >
    </p>
    <h1>${title}</h1>
    <p class="lead">${page.t('voter.mail-lead', { email: voter.email })}</p>
    ${view.isSecond ? notice('info', page.t('voter.mail-second-title'), page.t('voter.mail-second')) : ''}
    <form method="post" action="${page.href(pathTo(view, kind))}">
      <button class="button button--primary">${page.t('mails.send', { count: 1 })}</button>
    </form>
    <section aria-labelledby="previews">
      <h2 id="previews">${page.t('mails.previews', { count: 1 })}</h2>
      <p class="quiet">${page.t('mails.masked')}</p>
      ${letterPreview(page, letter)}
    </section>`;
  return layoutConsole(page, { title, election, current: 'voters', content });
}
