// The rules of an election in plain sentences: the same on the ballot, the election's page, before arming and on paper.
import { html } from 'hono/html';
import type { CandidateOrder, TieRule } from '@votix/protocol';
import type { Html, Page } from './page.ts';

export interface ContestRules {
  readonly minChoices: number;
  readonly maxChoices: number;
  readonly blank: boolean;
  readonly seats: number;
  readonly order: CandidateOrder;
  /** Of a drawn order; empty otherwise. */
  readonly seed: string;
}

export interface ElectionRules {
  readonly tieRule: TieRule;
  /** Percent of the roll; 0 for none. */
  readonly quorum: number;
  readonly minimumBallots: number;
}

/** "Choose 2 to 4 candidates, or vote blank." */
function choiceSentence(page: Page, { minChoices: min, maxChoices: max, blank }: ContestRules): string {
  const exact = min === max ? 'exactly' : 'between';
  const kind = max === 1 ? 'one' : min === 1 ? 'upTo' : exact;
  return page.t('rules.choice', { kind, min, max, blank: blank ? 'yes' : 'no' });
}

/** One contest's rules, the way a vote is given first. */
export const contestSentences = (page: Page, rules: ContestRules): readonly string[] => [
  choiceSentence(page, rules),
  page.t('rules.seats', { seats: rules.seats }),
  page.t(`rules.order.${rules.order}`),
];

/** The rules of the whole count. */
export const electionSentences = (
  page: Page,
  { tieRule, quorum, minimumBallots }: ElectionRules,
): readonly string[] => [
  page.t(`rules.tie.${tieRule}`),
  quorum === 0 ? page.t('rules.no-quorum') : page.t('rules.quorum', { quorum }),
  page.t('rules.minimum', { minimum: minimumBallots }),
];

export const sentenceList = (sentences: readonly string[]): Html =>
  html`<ul class="rules">
    ${sentences.map((sentence) => html`<li>${sentence}</li>`)}
  </ul>`;

/** What a drawn order follows from, for whoever wants to do the draw again. */
export function drawNumber(page: Page, { order, seed }: ContestRules): Html | '' {
  if (order !== 'drawn') return '';
  return html`<details class="fold">
    <summary>${page.t('rules.draw-title')}</summary>
    <p>${page.t('rules.draw')}</p>
    <p><code class="digest">${seed}</code></p>
  </details>`;
}
