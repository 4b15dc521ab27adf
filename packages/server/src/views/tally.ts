// The result of an election: bars, the real table, and the checks. The same on the public page, in the console and on paper.
import { html } from 'hono/html';
import { barChart } from './chart.ts';
import { fact } from './facts.ts';
import { grouped } from './grouped.ts';
import { invalidReason } from './invalid-reason.ts';
import { hasLogos, logoFrame } from './logo.ts';
import { notice } from './notice.ts';
import type { Html, Page } from './page.ts';

export type Standing = 'elected' | 'tied' | 'not-elected';

export interface ContestResult {
  readonly id: string;
  readonly title: string;
  /** Most votes first; equals as the lot put them, else as on the ballot paper. */
  readonly candidates: readonly {
    readonly id: string;
    readonly name: string;
    /** The hash of their picture. */
    readonly logo?: string | null;
    readonly votes: number;
    readonly standing: Standing;
  }[];
  /** Absent where the rules had no blank vote. */
  readonly blank?: number | undefined;
  readonly seats: number;
  /** Seats for which nobody with a vote is left. */
  readonly vacant: number;
  /** Equal votes for the last seats: who shares them, and what decides. */
  readonly tie?:
    | {
        readonly rule: 'announce' | 'lot' | 'second-ballot';
        readonly votes: number;
        readonly seats: number;
        readonly names: readonly string[];
      }
    | undefined;
}

export interface ResultView {
  readonly contests: readonly ContestResult[];
  readonly quorum?: { readonly percent: number; readonly needed: number; readonly reached: boolean } | undefined;
  readonly ballots: number;
  readonly valid: number;
  readonly invalidBallots: readonly { readonly receipt: string; readonly reason: string }[];
  readonly signatures: number;
  readonly registered: number;
  readonly fingerprint: string;
  readonly boxHash: string;
  /** Both are of the public board. */
  readonly onBoard: boolean;
}

interface Row {
  readonly name: string;
  readonly votes: number;
  readonly blank: boolean;
  readonly logo?: string | null | undefined;
  readonly standing?: Standing;
}

/** A number that does not agree comes first: nothing below it is worth reading before. */
export function resultSection(page: Page, result: ResultView): Html {
  return html`${result.ballots === result.signatures ? '' : mismatchNotice(page, result)}
    ${turnoutSection(page, result)} ${result.contests.map((contest) => contestSection(page, contest, result))}
    ${checksSection(page, result)}`;
}

const mismatchNotice = (page: Page, { ballots, signatures }: Pick<ResultView, 'ballots' | 'signatures'>): Html =>
  notice('bad', page.t('result.mismatch-title'), page.t('result.unequal', { ballots, signatures }));

function turnoutSection(page: Page, { ballots, registered, quorum }: ResultView): Html {
  const turnout = page.t('result.turnout', { ballots, registered, share: page.formatPercent(ballots, registered) });
  return html`<div>
    <p>${turnout}</p>
    ${
      quorum === undefined
        ? ''
        : html`<p class="verdict ${quorum.reached ? 'verdict--good' : 'verdict--bad'}">
            ${page.t(quorum.reached ? 'minutes.quorum-reached' : 'minutes.quorum-missed', { percent: quorum.percent, needed: quorum.needed })}
          </p>`
    }
  </div>`;
}

/** The blank vote comes last, whatever its number. */
export function rowsOf(page: Page, contest: ContestResult): readonly Row[] {
  const rows = contest.candidates.map(({ name, logo, votes, standing }) => ({
    name,
    logo,
    votes,
    blank: false,
    standing,
  }));
  if (contest.blank === undefined) return rows;
  return [...rows, { name: page.t('result.blank'), votes: contest.blank, blank: true }];
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
            <th scope="col">${page.t('minutes.outcome')}</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map((row) => tableRow(page, row, { valid, registered, pictured: hasLogos(contest.candidates) }))}
        </tbody>
      </table>
    </div>
    ${tieSection(page, contest)}
    ${contest.vacant === 0 ? '' : html`<p>${page.t('minutes.vacant', { vacant: contest.vacant, seats: contest.seats })}</p>`}
  </section>`;
}

function tieSection(page: Page, { tie }: ContestResult): Html | '' {
  if (tie === undefined) return '';
  const names = tie.names.join(' · ');
  const title = page.t('minutes.tie', { names, votes: tie.votes, seats: tie.seats });
  const text = tie.rule === 'lot' ? page.t('minutes.lot', { names }) : page.t(`minutes.tie-${tie.rule}`);
  return notice(tie.rule === 'lot' ? 'info' : 'warn', title, text);
}

function tableRow(
  page: Page,
  { name, logo, votes, blank, standing }: Row,
  { valid, registered, pictured }: { readonly valid: number; readonly registered: number; readonly pictured: boolean },
): Html {
  return html`<tr class="${blank ? 'row-apart' : ''}">
    <th scope="row">${pictured && !blank ? html`<span class="named">${logoFrame(page, { name, logo }, '')} ${name}</span>` : name}</th>
    <td class="number" data-label="${page.t('result.votes')}">${page.formatNumber(votes)}</td>
    <td class="number" data-label="${page.t('result.share-valid')}">${page.formatPercent(votes, valid)}</td>
    <td class="number" data-label="${page.t('result.share-roll')}">${page.formatPercent(votes, registered)}</td>
    <td data-label="${page.t('minutes.outcome')}">${standing === undefined ? '–' : standingMark(page, standing)}</td>
  </tr>`;
}

const standingMark = (page: Page, standing: Standing): Html =>
  standing === 'not-elected'
    ? html`<span class="quiet">${page.t('minutes.standing-not-elected')}</span>`
    : html`<span class="pill pill--${standing === 'elected' ? 'good' : 'warn'}">${page.t(`minutes.standing-${standing}`)}</span>`;

function checksSection(page: Page, result: ResultView): Html {
  const invalid = result.invalidBallots.length;
  const equal = result.ballots === result.signatures;
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
      ${fact(page.t(result.onBoard ? 'result.fingerprint-board' : 'result.fingerprint'), html`<code class="digest">${result.fingerprint}</code>`)}
      ${fact(page.t(result.onBoard ? 'result.box-hash-board' : 'result.box-hash'), html`<code class="digest">${result.boxHash}</code>`)}
    </dl>
  </section>`;
}

function invalidList(page: Page, { invalidBallots }: ResultView): Html {
  return html`<details class="fold">
    <summary>${page.t('result.invalid-list', { count: invalidBallots.length })}</summary>
    <ul class="plain-list">
      ${invalidBallots.map(
        ({ receipt, reason }) => html`<li><code>${grouped(receipt)}</code> ${invalidReason(page, reason)}</li>`,
      )}
    </ul>
  </details>`;
}
