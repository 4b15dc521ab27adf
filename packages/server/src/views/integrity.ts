// Whether box, signing list and counters agree, whether the sealed box is still the one that was sealed, whether the audit
// log is whole: when each was last checked, since when it holds. While voting is open, no number but yes or no.
import { html } from 'hono/html';
import { fact } from './facts.ts';
import { type ElectionHead, layoutConsole } from './layout-console.ts';
import { doneNotice } from './notice.ts';
import type { Html, Page } from './page.ts';

export interface CheckView {
  readonly name: 'counts' | 'box' | 'chain';
  /** Undefined before the first check. */
  readonly checkedAt?: number | undefined;
  /** Finished: what is wrong. */
  readonly fault?: string | undefined;
  readonly since?: number | undefined;
  readonly checks: number;
  /** How many checks ever found a fault, and when the first did. */
  readonly failures: number;
  readonly failedAt?: number | undefined;
}

export interface SealedFacts {
  readonly sealedAt: number;
  readonly ballots: number;
  readonly signatures: number;
  readonly boxHash: string;
}

export interface IntegrityView {
  readonly election: ElectionHead;
  readonly zone: string;
  readonly checks: readonly CheckView[];
  readonly sealed?: SealedFacts | undefined;
  readonly done?: string | undefined;
}

export function integrityPage(page: Page, view: IntegrityView): Html {
  const { election, checks, sealed, zone } = view;
  const title = page.t('nav.step.integrity');
  const content = html`${doneNotice(view.done)}
    <div class="title-row">
      <h1>${title}</h1>
      <form method="post" action="${page.href(`/console/elections/${election.id}/integrity/check`)}">
        <button class="button button--secondary">${page.t('integrity.check')}</button>
      </form>
    </div>
    <p class="lead">${page.t('integrity.lead')}</p>
    ${checks.map((check) => checkSection(page, check, zone))}
    ${sealed === undefined ? html`<p class="hint">${page.t('integrity.no-numbers')}</p>` : sealedSection(page, sealed, zone)}`;
  return layoutConsole(page, { title, election, current: 'integrity', content });
}

function checkSection(page: Page, check: CheckView, zone: string): Html {
  const { name, checkedAt, fault } = check;
  return html`<section class="check ${fault === undefined ? '' : 'check--bad'}" aria-labelledby="check-${name}">
    <div>
      <h2 id="check-${name}">${page.t(`integrity.${name}-title`)}</h2>
      ${
        checkedAt === undefined
          ? html`<p>${page.t(name === 'box' ? 'integrity.box-later' : 'integrity.never')}</p>`
          : html`<p class="verdict ${fault === undefined ? 'verdict--good' : 'verdict--bad'}">
                ${fault ?? page.t(`integrity.${name}-good`)}
              </p>
              <p class="quiet">${history(page, check, zone)}</p>`
      }
    </div>
  </section>`;
}

function history(
  page: Page,
  { checkedAt = 0, since, checks, failures, failedAt, fault }: CheckView,
  zone: string,
): string {
  const at = (instant: number) => page.formatInstant(instant, zone);
  const told = [page.t('integrity.checked', { at: at(checkedAt) })];
  if (since !== undefined && checks > 1) told.push(page.t('integrity.since', { checks, since: at(since) }));
  if (failures > 0 && failedAt !== undefined && fault === undefined)
    told.push(page.t('integrity.failed-before', { failures, at: at(failedAt) }));
  return told.join(' ');
}

function sealedSection(page: Page, { sealedAt, ballots, signatures, boxHash }: SealedFacts, zone: string): Html {
  return html`<section aria-labelledby="sealed">
    <h2 id="sealed">${page.t('integrity.sealed-title')}</h2>
    <dl class="facts facts--long">
      ${fact(page.t('minutes.sealed'), page.formatInstant(sealedAt, zone))}
      ${fact(page.t('result.ballots'), page.formatNumber(ballots))}
      ${fact(page.t('result.signatures'), page.formatNumber(signatures))}
      ${fact(page.t('result.box-hash'), html`<code class="digest">${boxHash}</code>`)}
    </dl>
  </section>`;
}
