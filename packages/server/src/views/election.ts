// An election as everyone sees it: what is voted on and when, who takes part, the result, and the check of a receipt.
import { html } from 'hono/html';
import { alarmBanner, type AlarmName } from './alarm.ts';
import { boardSection, type BoardView } from './board.ts';
import { errorSummary, textField } from './form.ts';
import { layoutPublic } from './layout.ts';
import { type LivePage, liveRoot } from './live.ts';
import { minutesSection, publicMinutes } from './minutes-links.ts';
import { hasLogos, logoFrame, type Pictured } from './logo.ts';
import { notice } from './notice.ts';
import type { Html, Page } from './page.ts';
import { type PublicPhase, publicPhasePill } from './phase.ts';
import {
  type ContestRules,
  contestSentences,
  drawNumber,
  type ElectionRules,
  electionSentences,
  sentenceList,
} from './rules.ts';
import { type ResultView, resultSection } from './tally.ts';
import {
  buildingCards,
  type ParticipationView,
  type PeriodsView,
  periodSection,
  promotionSection,
} from './participation.ts';
import { turnoutFigure } from './turnout.ts';
import { type VotingWindow, windowFacts } from './window.ts';

export interface PublicContest extends ContestRules {
  readonly title: string;
  readonly candidates: readonly (Pictured & { readonly text: string })[];
}

export interface ReceiptCheck {
  /** What was typed, kept. */
  readonly typed: string;
  readonly answer: 'found' | 'not-found' | 'malformed';
}

export interface ElectionView {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly phase: PublicPhase;
  readonly window: VotingWindow;
  readonly contests: readonly PublicContest[];
  readonly rules: ElectionRules;
  /** From the opening on. */
  readonly participation?: ParticipationView | undefined;
  readonly periods?: PeriodsView | undefined;
  /** Once published. */
  readonly result?: ResultView | undefined;
  /** The box stays closed for ever: it holds fewer ballots than the rules asked for. */
  readonly belowMinimum?: boolean | undefined;
  /** When and why it was given up; its box stays closed for ever. */
  readonly abandoned?: { readonly at: number; readonly reason: string } | undefined;
  readonly receiptCheck?: ReceiptCheck | undefined;
  /** While people vote the numbers change in place. */
  readonly live?: LivePage | undefined;
  /** After the close the record can be downloaded at /elections/:id/record. */
  readonly hasRecord: boolean;
  /** Of an election that everyone can check. */
  readonly board?: BoardView | undefined;
  /** Integrity checks that fail. */
  readonly alarms?: readonly AlarmName[];
  /** Result or not, the minutes are public: /elections/:id/minutes.pdf. */
  readonly hasMinutes?: boolean;
}

export function electionPage(page: Page, view: ElectionView): Html {
  const hasProblems = view.receiptCheck?.answer === 'malformed';
  const content = html`${alarmBanner(page, view.alarms ?? [])} ${hasProblems ? errorSummary(page, { receipt: page.t(wordsOf(view).malformed) }) : ''}
    <header class="page-head">
      <p>${publicPhasePill(page, view.phase)}</p>
      <h1>${view.name}</h1>
      ${view.description === '' ? '' : html`<p class="lead prose">${view.description}</p>`}
    </header>
    ${windowFacts(page, view.window)} ${participationPart(page, view)}
    ${outcome(page, view)} ${view.contests.map((contest) => contestSection(page, contest, headingOf(page, view, contest)))}
    ${rulesSection(page, view)} ${participationDetails(page, view)} ${view.phase === 'armed' ? '' : receiptSection(page, view)}
    ${view.hasMinutes ? minutesSection(page, publicMinutes(view.id)) : ''}
    ${view.board === undefined ? '' : boardSection(page, view.id, view.board)}
    ${view.hasRecord ? recordSection(page, view) : ''}`;
  return layoutPublic(page, { title: view.name, content, hasProblems, scripts: ['console'] });
}

function participationPart(page: Page, { id, participation, live }: ElectionView): Html | '' {
  if (participation === undefined) return '';
  const shown = html`${turnoutFigure(page, participation.total, id)} ${buildingCards(page, participation, id)}`;
  return live === undefined ? shown : html`<div class="live" ${liveRoot(page, live)}>${shown}</div>`;
}

/** Below what voters come for. */
function participationDetails(page: Page, { id, participation, periods }: ElectionView): Html | '' {
  if (participation === undefined || periods === undefined) return '';
  return html`${periodSection(page, periods)} ${promotionSection(page, participation, id)}`;
}

function outcome(page: Page, view: ElectionView): Html | '' {
  if (view.abandoned !== undefined) {
    const at = page.formatInstant(view.abandoned.at, view.window.zone);
    const text = html`<p>${page.t('election.abandoned')}</p>
      <blockquote class="prose">${view.abandoned.reason}</blockquote>`;
    return notice('info', page.t('election.abandoned-title', { at }), text);
  }
  if (view.result !== undefined) return html`<div class="outcome">${resultSection(page, view.result)}</div>`;
  if (view.belowMinimum === true) {
    const text = page.t('election.below-minimum', { minimum: view.rules.minimumBallots });
    return notice('info', page.t('election.below-minimum-title'), text);
  }
  const how = view.board?.registrar === undefined ? 'election.how' : 'election.how-letter';
  if (view.phase === 'open') return notice('info', page.t('election.how-title'), page.t(how));
  if (view.phase === 'closed' || view.phase === 'deliberated')
    return notice('info', page.t('election.result-later-title'), page.t('election.result-later'));
  return '';
}

function contestSection(page: Page, contest: PublicContest, heading: string): Html {
  const { candidates } = contest;
  const pictured = hasLogos(candidates);
  return html`<section>
    <h2>${heading}</h2>
    ${sentenceList(contestSentences(page, contest))} ${drawNumber(page, contest)}
    <ul class="candidate-list">
      ${candidates.map(
        ({ name, text, logo }) =>
          html`<li class="candidate ${pictured ? 'candidate--pictured' : ''}">
            ${pictured ? logoFrame(page, { name, logo }) : ''}
            <h3>${name}</h3>
            ${text === '' ? '' : html`<p class="prose">${text}</p>`}
          </li>`,
      )}
    </ul>
  </section>`;
}

/** Under a result the question stands already above the bars; of several, each says whose candidates follow. */
function headingOf(page: Page, { result, contests }: ElectionView, { title }: PublicContest): string {
  if (result === undefined) return title;
  return contests.length === 1 ? page.t('nav.step.candidates') : page.t('election.candidates-of', { title });
}

function rulesSection(page: Page, { rules }: ElectionView): Html {
  return html`<section aria-labelledby="rules">
    <h2 id="rules">${page.t('rules.title')}</h2>
    ${sentenceList(electionSentences(page, rules))}
  </section>`;
}

/** A receipt of eight groups of four to type, or the tracker of a ballot on the public board. */
const receiptWords = {
  groups: {
    text: 'election.receipt-text',
    hint: 'election.receipt-hint',
    malformed: 'election.receipt-malformed',
    missing: 'election.receipt-missing',
  },
  tracker: {
    text: 'election.tracker-text',
    hint: 'election.tracker-hint',
    malformed: 'election.tracker-malformed',
    missing: 'election.tracker-missing',
  },
} as const;

const wordsOf = ({ board }: ElectionView) => receiptWords[board === undefined ? 'groups' : 'tracker'];

function receiptSection(page: Page, view: ElectionView): Html {
  const { id, phase, receiptCheck, board } = view;
  const [answer, words] = [receiptCheck?.answer, wordsOf(view)];
  return html`<section class="card" id="receipt-check" aria-labelledby="receipt-title">
    <h2 id="receipt-title">${page.t('election.receipt-title')}</h2>
    <p>${page.t(words.text)}</p>
    ${
      answer === 'found' ? notice('good', page.t('election.receipt-found-title'), page.t('election.receipt-found')) : ''
    }
    ${answer === 'not-found' ? notice('warn', page.t('election.receipt-missing-title'), page.t(words.missing)) : ''}
    <form method="post" action="${page.href(`/elections/${id}/receipt`)}" novalidate>
      ${textField({
        name: 'receipt',
        label: page.t('election.receipt'),
        hint: page.t(words.hint),
        value: receiptCheck?.typed ?? '',
        more: {
          autocomplete: 'off',
          spellcheck: 'false',
          class: board === undefined ? 'input-key' : undefined, // in a tracker capitals matter
          'data-from-address': true,
        },
        problem: answer === 'malformed' ? page.t(words.malformed) : undefined,
      })}
      <button class="button button--secondary">${page.t('election.receipt-submit')}</button>
    </form>
    ${phase === 'open' && board === undefined ? html`<p class="hint">${page.t('election.receipt-open')}</p>` : ''}
  </section>`;
}

function recordSection(page: Page, { id }: ElectionView): Html {
  return html`<section class="screen-only" aria-labelledby="record-title">
    <h2 id="record-title">${page.t('election.record-title')}</h2>
    <p>${page.t('election.record-text')}</p>
    <p class="actions">
      <a class="button button--secondary" href="${page.href(`/elections/${id}/receipts`)}">${page.t('receipts.link')}</a>
      <a class="button button--secondary" href="${page.href(`/verify?election=${id}`)}">${page.t('election.verify-link')}</a>
      <a class="button button--quiet" href="${page.href(`/elections/${id}/record`)}" download
        >${page.t('election.record-link')}</a
      >
    </p>
  </section>`;
}
