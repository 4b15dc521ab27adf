// The result of an election: bars, the real table, and the checks. The same on the public page, in the console and on paper.
import { html } from 'hono/html';
import { barChart } from './chart.ts';
import type { Html, Page } from './page.ts';

export interface ContestResult {
  readonly id: string;
  readonly title: string;
  /** In the order of the ballot paper. */
  readonly candidates: readonly { readonly id: string; readonly name: string; readonly votes: number }[];
  /** Absent where the rules had no blank vote. */
  readonly blank?: number | undefined;
}

export interface ResultView {
  readonly contests: readonly ContestResult[];
  readonly ballots: number;
  readonly valid: number;
  readonly invalidBallots: readonly { readonly receipt: string; readonly reason: string }[];
  readonly signatures: number;
  readonly registered: number;
  readonly fingerprint: string;
  readonly boxHash: string;
}

interface Row {
  readonly name: string;
  readonly votes: number;
  readonly blank: boolean;
}

export function resultSection(page: Page, result: ResultView): Html {
  return html`${result.contests.map((contest) => contestSection(page, contest, result))} ${checksSection(page, result)}`;
}

/** Most votes first; equal numbers keep the order of the ballot paper; the blank vote comes last. */
export function rowsOf(page: Page, contest: ContestResult): readonly Row[] {
  const candidates = contest.candidates.map(({ name, votes }) => ({ name, votes, blank: false }));
  const sorted = candidates.toSorted((a, b) => b.votes - a.votes);
  if (contest.blank === undefined) return sorted;
  return [...sorted, { name: page.t('result.blank'), votes: contest.blank, blank: true }];
}

function contestSection(page: Page, contest: ContestResult, { valid, registered }: ResultView): Html {
  const rows = rowsOf(page, contest);
  const bars = rows.map(({ name, votes, blank }) => ({
    label: name,
    value: votes,
    muted: blank,
    text: `${page.formatNumber(votes)} · ${page.formatPercent(votes, valid)}`,
  }));
  const description = rows.map(({ name, votes }) => page.t('result.chart-entry', { name, votes })).join(' ; ');
  return html`<section class="result" aria-labelledby="result-${contest.id}">
    <h2 id="result-${contest.id}">${contest.title}</h2>
    ${barChart({ id: `chart-${contest.id}`, title: page.t('result.chart', { title: contest.title }), description, bars })}
    <div
      class="table-frame"
      tabindex="0"
      role="region"
      aria-label="${page.t('result.chart', { title: contest.title })}"
    >
      <table class="table table--stack">
        <caption class="visually-hidden">
          ${page.t('result.chart', { title: contest.title })}
        </caption>
        <thead>
          <tr>
            <th scope="col">${page.t('result.candidate')}</th>
            <th scope="col" class="number">${page.t('result.votes')}</th>
            <th scope="col" class="number">${page.t('result.share-valid')}</th>
            <th scope="col" class="number">${page.t('result.share-roll')}</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map((row) => tableRow(page, row, valid, registered))}
        </tbody>
      </table>
    </div>
  </section>`;
}

function tableRow(page: Page, { name, votes, blank }: Row, valid: number, registered: number): Html {
  return html`<tr class="${blank ? 'row-apart' : ''}">
    <th scope="row">${name}</th>
    <td class="number" data-label="${page.t('result.votes')}">${page.formatNumber(votes)}</td>
    <td class="number" data-label="${page.t('result.share-valid')}">${page.formatPercent(votes, valid)}</td>
    <td class="number" data-label="${page.t('result.share-roll')}">${page.formatPercent(votes, registered)}</td>
  </tr>`;
}

function checksSection(page: Page, result: ResultView): Html {
  const invalid = result.invalidBallots.length;
  const equal = result.ballots === result.signatures;
  const fact = (term: string, value: Html | string) =>
    html`<div>
      <dt>${term}</dt>
      <dd>${value}</dd>
    </div>`;
  return html`<section class="checks" aria-labelledby="checks">
    <h2 id="checks">${page.t('result.checks')}</h2>
    <p class="verdict ${equal ? 'verdict--good' : 'verdict--bad'}">
      ${page.t(equal ? 'result.equal' : 'result.unequal', { ballots: result.ballots, signatures: result.signatures })}
    </p>
    <dl class="facts facts--grid">
      ${fact(page.t('result.registered'), page.formatNumber(result.registered))}
      ${fact(page.t('result.signatures'), page.formatNumber(result.signatures))}
      ${fact(page.t('result.ballots'), page.formatNumber(result.ballots))}
      ${fact(page.t('result.valid'), page.formatNumber(result.valid))}
      ${fact(page.t('result.invalid'), page.formatNumber(invalid))}
    </dl>
    ${invalid === 0 ? '' : invalidList(page, result)}
    <dl class="facts facts--long">
      ${fact(page.t('result.fingerprint'), html`<code class="digest">${result.fingerprint}</code>`)}
      ${fact(page.t('result.box-hash'), html`<code class="digest">${result.boxHash}</code>`)}
    </dl>
  </section>`;
}

function invalidList(page: Page, { invalidBallots }: ResultView): Html {
  return html`<details class="fold">
    <summary>${page.t('result.invalid-list', { count: invalidBallots.length })}</summary>
    <ul class="plain-list">
      ${invalidBallots.map(({ receipt, reason }) => html`<li><code>${grouped(receipt)}</code> ${reason}</li>`)}
    </ul>
  </details>`;
}

/** Receipts are read aloud and compared by eye: groups of four. */
export function grouped(text: string): string {
  return text.replace(/(.{4})(?=.)/g, '$1 ');
}
