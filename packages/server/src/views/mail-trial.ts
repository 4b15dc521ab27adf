// Trying the mail server that is saved: a connection, a test mail to oneself, and what came of it in words.
import { html } from 'hono/html';
import { notice } from './notice.ts';
import type { Html, Page } from './page.ts';

export interface MailTrialView {
  /** Where the test mail goes: the address of whoever is logged in. */
  readonly address: string;
  /** Server and sender are set: there is something to try. */
  readonly isReady: boolean;
  readonly outcome?: MailTrialOutcome | undefined;
}

export interface MailTrialOutcome {
  readonly ok: boolean;
  readonly title: string;
  readonly text: string;
  /** What the server said, in its own words; empty when it said nothing. */
  readonly reply: string;
}

export function mailTrial(page: Page, { address, isReady, outcome }: MailTrialView): Html {
  return html`<section class="apart" id="trial" aria-labelledby="trial-title">
    <h2 id="trial-title">${page.t('mail-trial.title')}</h2>
    ${outcome === undefined ? '' : outcomeNotice(page, outcome)}
    <p>${page.t(isReady ? 'mail-trial.lead' : 'mail-trial.not-ready', { address })}</p>
    ${
      isReady
        ? html`<div class="actions">
          ${button(page, 'try', page.t('mail-trial.try'))} ${button(page, 'test', page.t('mail-trial.test'))}
        </div>`
        : ''
    }
  </section>`;
}

const button = (page: Page, act: 'try' | 'test', label: string): Html =>
  html`<form method="post" action="${page.href(`/console/configure/smtp/${act}`)}#trial">
    <button class="button button--secondary">${label}</button>
  </form>`;

function outcomeNotice(page: Page, { ok, title, text, reply }: MailTrialOutcome): Html {
  const said = reply === '' ? '' : html`<p>${page.t('mail-trial.reply')} <code>${reply}</code></p>`;
  return html`<div role="status">${notice(ok ? 'good' : 'bad', title, html`<p>${text}</p>${said}`)}</div>`;
}
