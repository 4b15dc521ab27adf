// "Will my mail arrive?": what the DNS says of the sender's domain, in words that say what to add and where.
import { html } from 'hono/html';
import { notice } from './notice.ts';
import type { Html, Page } from './page.ts';

export interface ArrivalFinding {
  readonly about: 'spf' | 'dkim' | 'dmarc' | 'mx';
  readonly verdict: 'good' | 'warn' | 'bad';
  /** A sentence: `arrival.<says>`. */
  readonly says: string;
  readonly found?: string | undefined;
  readonly add?: { readonly name: string; readonly type: string; readonly value: string } | undefined;
}

export interface ArrivalView {
  readonly domain: string;
  readonly findings: readonly ArrivalFinding[];
}

export interface ArrivalSection {
  /** Of the sender's address. */
  readonly domain: string;
  /** Undefined until somebody asks: asking takes seconds. */
  readonly found?: ArrivalView | undefined;
  /** The page that asks. */
  readonly path: string;
}

export function arrivalSection(page: Page, { domain, found, path }: ArrivalSection): Html {
  return html`<section class="card" id="arrival" aria-labelledby="arrival-title">
    <h2 id="arrival-title">${page.t('arrival.title')}</h2>
    <p>${page.t('arrival.lead', { domain })}</p>
    ${found === undefined ? '' : verdict(page, found)}
    <p>
      <a class="button button--secondary" href="${page.href(`${path}?arrival=yes`)}#arrival"
        >${page.t(found === undefined ? 'arrival.check' : 'arrival.again')}</a
      >
    </p>
  </section>`;
}

function verdict(page: Page, { findings }: ArrivalView): Html {
  const worst =
    (['bad', 'warn'] as const).find((name) => findings.some((finding) => finding.verdict === name)) ?? 'good';
  return html`<div role="status">${notice(worst, page.t(`arrival.all-${worst}`))}</div>
    <ul class="rows">
      ${findings.map((finding) => row(page, finding))}
    </ul>`;
}

const pills = { good: 'published', warn: 'warn', bad: 'bad' } as const;

function row(page: Page, { about, verdict: how, says, found, add }: ArrivalFinding): Html {
  return html`<li class="row">
    <div>
      <h3>${page.t(`arrival.${about}`)}</h3>
      <p>${page.t(`arrival.${says as 'spf-good'}`)}</p>
      ${found === undefined ? '' : html`<p class="quiet"><code class="dns">${found}</code></p>`}
      ${add === undefined ? '' : recordToAdd(page, add)}
    </div>
    <span class="pill pill--${pills[how]}">${page.t(`arrival.verdict.${how}`)}</span>
  </li>`;
}

function recordToAdd(page: Page, { name, type, value }: NonNullable<ArrivalFinding['add']>): Html {
  const part = (label: string, text: string) =>
    html`<div>
      <dt>${label}</dt>
      <dd><code class="dns">${text}</code></dd>
    </div>`;
  return html`<dl class="facts facts--record">
    ${part(page.t('arrival.add-name'), name)} ${part(page.t('arrival.add-type'), type)}
    ${part(page.t('arrival.add-value'), value)}
  </dl>`;
}
