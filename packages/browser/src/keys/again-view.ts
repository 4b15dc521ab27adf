// The pages of a key proven again.
import { html, nothing, type TemplateResult } from 'lit-html';
import { fingerprintGroups } from '../page/groups.ts';
import type { Say } from '../page/messages.ts';
import type { Failure } from '../page/reply.ts';
import { toldFailure } from '../page/told-problem.ts';
import { actionButton, tick } from '../page/views.ts';
import type { AgainData, AgainEvent, AgainState } from './again-state.ts';
import { proofComplaint, proofForm } from './proof-form.ts';
import type { ProofProblem } from './state.ts';

export interface AgainView {
  readonly say: Say;
  readonly data: AgainData;
  readonly dispatch: (event: AgainEvent) => void;
}

export function againPage(view: AgainView, state: AgainState): TemplateResult {
  return html`<div class="ceremony card" data-stage=${state.stage}>${stagePage(view, state)}</div>`;
}

function stagePage(view: AgainView, state: AgainState): TemplateResult {
  if (state.stage === 'done') return donePage(view);
  return state.stage === 'record' ? recordPage(view, state) : provePage(view, state);
}

function provePage({ say, dispatch }: AgainView, state: AgainState): TemplateResult {
  const { keyShares, proofProblem: problem } = state;
  return html`
    <h2 tabindex="-1">${say('again-title')}</h2>
    ${
      keyShares === null
        ? html`<p>${say('again-text')}</p>`
        : html`<p>${say('again-text-shares', { needed: keyShares.needed, holders: keyShares.holders })}</p>
          <p class="notice notice--warn">${say('shares-warning')}</p>`
    }
    ${proofForm({
      ...state,
      say,
      dispatch,
      fileHint: say('again-file-hint'),
      sharesLegend:
        keyShares === null ? undefined : say('again-shares', { needed: keyShares.needed, holders: keyShares.holders }),
      problem: problem === null ? null : { of: problem, sentence: complaint(say, problem) },
    })}
  `;
}

/** Two things mean something else once the election is armed. */
function complaint(say: Say, problem: ProofProblem): string {
  if (problem === 'other-key') return say('again-other-key');
  return problem === 'challenge-failed' ? say('again-challenge-failed') : proofComplaint(say, problem);
}

function recordPage({ say, dispatch }: AgainView, { isBusy, recordProblem }: AgainState): TemplateResult {
  return html`
    <h2 tabindex="-1">${say('again-proven-title')}</h2>
    ${recordProblem === null ? nothing : problemBox(say, recordProblem)}
    <p role="status">${isBusy ? say('again-recording') : nothing}</p>
    ${isBusy ? nothing : actionButton(say('again-record'), () => dispatch({ type: 'record-pressed' }), 'primary')}
  `;
}

function problemBox(say: Say, problem: Failure): TemplateResult {
  return html`<div class="error-summary" id="record-problem" role="alert" tabindex="-1">
    <h3>${say('again-not-recorded')}</h3>
    ${toldFailure(say, problem)}
  </div>`;
}

function donePage({ say, data }: AgainView): TemplateResult {
  return html`
    ${tick}
    <h2 tabindex="-1">${say('again-done-title')}</h2>
    <p>${say('again-done-text')}</p>
    <h3>${say('fingerprint')}</h3>
    ${fingerprintGroups(data.fingerprint)}
    <p><a class="button button--primary" href=${data.doneUrl}>${say('again-continue')}</a></p>
  `;
}
