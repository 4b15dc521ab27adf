// The System page: how the machine stands, what to mend, and a report to copy that holds no secret.
import { html } from 'hono/html';
import { layoutConsole } from './layout-console.ts';
import { notice } from './notice.ts';
import type { Html, Page } from './page.ts';

export interface SystemFinding {
  readonly title: string;
  readonly text: string;
  readonly verdict: 'good' | 'warn' | 'bad';
}

export interface SystemView {
  readonly findings: readonly SystemFinding[];
  readonly examinedAt: number;
  readonly zone: string;
  /** The DNS was not asked, and there is something to ask. */
  readonly mayAskDns: boolean;
  /** The same as lines of text. */
  readonly report: string;
}

export function systemPage(page: Page, { findings, examinedAt, zone, mayAskDns, report }: SystemView): Html {
  const title = page.t('nav.section.system');
  const worst = (['bad', 'warn'] as const).find((name) => findings.some(({ verdict }) => verdict === name)) ?? 'good';
  const count = findings.filter(({ verdict }) => verdict === worst).length;
  const content = html`<div class="title-row">
      <h1>${title}</h1>
      <a class="button button--secondary" href="${page.href('/console/system')}">${page.t('system.again')}</a>
    </div>
    <p class="lead">${page.t('system.lead')}</p>
    ${notice(worst, page.t(`system.all-${worst}`, { count }))}
    <p class="quiet">${page.t('system.examined', { at: page.formatInstant(examinedAt, zone) })}</p>
    <section aria-labelledby="findings">
      <h2 id="findings">${page.t('system.findings')}</h2>
      <ul class="rows">
        ${sorted(findings).map((finding) => row(page, finding))}
      </ul>
      ${mayAskDns ? dnsLink(page) : ''}
    </section>
    <section aria-labelledby="report-title">
      <div class="title-row">
        <h2 id="report-title">${page.t('system.report')}</h2>
        <button
          type="button"
          class="button button--quiet button--small"
          data-copy="report"
          data-copied="${page.t('system.copied')}"
          hidden
        >
          ${page.t('system.copy')}
        </button>
      </div>
      <p class="hint">${page.t('system.report-hint')}</p>
      <pre class="lines" id="report" tabindex="0" aria-labelledby="report-title">${report}</pre>
    </section>`;
  return layoutConsole(page, { title, section: 'system', content });
}

const dnsLink = (page: Page): Html =>
  html`<p>
    <a class="button button--secondary" href="${page.href('/console/system?dns=yes')}">${page.t('system.ask-dns')}</a>
    <span class="hint">${page.t('system.ask-dns-hint')}</span>
  </p>`;

const ranks = { bad: 0, warn: 1, good: 2 } as const;
/** What is to mend first; else in their order. */
const sorted = (findings: readonly SystemFinding[]): SystemFinding[] =>
  findings.toSorted((a, b) => ranks[a.verdict] - ranks[b.verdict]);

const pills = { good: 'published', warn: 'warn', bad: 'bad' } as const;

const row = (page: Page, { title, text, verdict }: SystemFinding): Html =>
  html`<li class="row">
    <div>
      <h3>${title}</h3>
      <p class="row-text">${text}</p>
    </div>
    <span class="pill pill--${pills[verdict]}">${page.t(`system.verdict.${verdict}`)}</span>
  </li>`;
