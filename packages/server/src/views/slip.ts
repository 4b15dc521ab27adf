// One voter's way in on paper, to cut out: link, square code, typed way in and code. All of it secret.
import { html } from 'hono/html';
import { grouped } from './grouped.ts';
import { qrImage } from './json-block.ts';
import type { Html, Page } from './page.ts';
import { type VotingWindow, windowSentence } from './window.ts';

export interface Slip {
  readonly firstName: string;
  readonly lastName: string;
  /** Absolute. */
  readonly link: string;
  /** The link as our own generator draws it. */
  readonly qrSvg: string;
  /** 16 characters. */
  readonly personalKey: string;
  readonly code: string;
}

/** What stands on each slip of an election. */
export interface SlipHead {
  readonly electionName: string;
  readonly window: VotingWindow;
  /** Absolute address of the page where the personal key is typed. */
  readonly shortAddress: string;
}

export function slipArticle(page: Page, head: SlipHead, slip: Slip, promotion: string): Html {
  const name = `${slip.firstName} ${slip.lastName}`;
  return html`<article class="slip" aria-label="${name}">
    <header class="slip-head">
      <p class="slip-name">${name}</p>
      <p>${promotion}</p>
    </header>
    <div class="slip-what">
      <p class="slip-election">${head.electionName}</p>
      <p>${windowSentence(page, head.window)}</p>
    </div>
    ${qrImage(slip.qrSvg, page.t('sheets.qr', { name }))}
    <div class="slip-way">
      <p class="slip-step">${page.t('sheets.way-scan')}</p>
      <p class="slip-link">${slip.link}</p>
      <p class="slip-step">${page.t('sheets.way-type', { address: head.shortAddress })}</p>
      <p class="slip-key">${grouped(slip.personalKey)}</p>
    </div>
    <div class="slip-code">
      <p class="slip-step">${page.t('sheets.code')}</p>
      <p class="slip-digits">${slip.code}</p>
    </div>
    <footer class="slip-foot">
      ${page.contact === undefined ? '' : page.t('sheets.contact', { name: page.contact.name, email: page.contact.email })}
    </footer>
  </article>`;
}
