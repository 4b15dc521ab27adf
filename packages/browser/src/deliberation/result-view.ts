// The counted result before it is recorded, and the page after: the counts, the ballots that don't count and why.
import { formatReceipt, type Contest, type ContestTally, type InvalidBallot } from '@votix/protocol';
import { html, nothing, type TemplateResult } from 'lit-html';
import type { Failure } from '../page/reply.ts';
import { toldFailure } from '../page/told-problem.ts';
import type { DeliberationState, Opened } from './state.ts';
import type { DeliberationView } from './screen.ts';

export function resultPage(view: DeliberationView, state: DeliberationState): TemplateResult {
  const { say, dispatch, definition, formatNumber } = view;
  if (state.opened === null) return html``;
  const { tally, invalidBallots } = state.opened;
  return html`
    <h2 tabindex="-1">${say('result-title')}</h2>
    <p>${say('result-text')}</p>
    <dl class="facts facts--grid">
      ${fact(say('count-ballots'), formatNumber(tally.ballots))} ${fact(say('count-valid'), formatNumber(tally.valid))}
      ${fact(say('count-invalid'), formatNumber(tally.invalid))}
    </dl>
    ${definition.contests.map((contest, index) => contestTable(view, contest, tally.contests[index]!, state.opened!))}
    ${invalidBallots.length === 0 ? nothing : invalidList(view, invalidBallots)}
    ${state.recordProblem === null ? nothing : problemBox(view, state.recordProblem)}
    <button
      type="button"
      class="button button--primary"
      aria-disabled=${state.isBusy}
      @click=${() => dispatch({ type: 'record-pressed' })}
    >
      ${say(state.isBusy ? 'recording' : 'record')}
    </button>
    <p role="status" class="visually-hidden">${state.isBusy ? say('recording') : nothing}</p>
    <p class="hint">${say('record-hint')}</p>
  `;
}

function fact(term: string, value: string): TemplateResult {
  return html`<div>
    <dt>${term}</dt>
    <dd>${value}</dd>
  </div>`;
}

/** In the order of the ballot, as frozen; shares are of the valid ballots. */
function contestTable(view: DeliberationView, contest: Contest, tally: ContestTally, opened: Opened): TemplateResult {
  const { say, formatNumber, formatShare } = view;
  const row = (name: string, votes: number, style: string) => html`<tr class=${style}>
    <th scope="row">${name}</th>
    <td class="number">${formatNumber(votes)}</td>
    <td class="number">${formatShare(votes, opened.tally.valid)}</td>
  </tr>`;
  return html`<div class="table-frame">
    <table class="table">
      <caption>
        ${contest.title}
      </caption>
      <thead>
        <tr>
          <th scope="col">${say('candidate')}</th>
          <th scope="col" class="number">${say('votes')}</th>
          <th scope="col" class="number">${say('share')}</th>
        </tr>
      </thead>
      <tbody>
        ${contest.candidates.map(({ name }, index) => row(name, tally.votes[index]!, ''))}
        ${contest.blank ? row(say('blank'), tally.blank, 'row-apart') : nothing}
      </tbody>
    </table>
  </div>`;
}

function invalidList({ say }: DeliberationView, invalid: readonly InvalidBallot[]): TemplateResult {
  return html`<h3>${say('invalid-title')}</h3>
    <p>${say('invalid-text')}</p>
    <ul class="plain-list">
      ${invalid.map(
        ({ receipt, reason }) => html`<li><code>${formatReceipt(receipt)}</code> ${invalidReason(say, reason)}</li>`,
      )}
    </ul>`;
}

function invalidReason(say: DeliberationView['say'], reason: string): string {
  switch (reason) {
    case 'undecryptable':
      return say('reason-undecryptable');
    case 'malformed-plaintext':
    case 'bad-padding':
      return say('reason-malformed');
    default:
      return say(reason.startsWith('selection-') ? 'reason-selection' : 'reason-sealing');
  }
}

function problemBox({ say }: DeliberationView, problem: Failure): TemplateResult {
  return html`<div class="error-summary" id="problem" role="alert" tabindex="-1">
    <h3>${say('not-recorded')}</h3>
    ${toldFailure(say, problem)}
  </div>`;
}

export function donePage({ say, data }: DeliberationView): TemplateResult {
  return html`
    <h2 tabindex="-1">${say('done-title')}</h2>
    <p>${say('done-text')}</p>
    <p><a class="button button--primary" href=${data.doneUrl}>${say('continue')}</a></p>
  `;
}
