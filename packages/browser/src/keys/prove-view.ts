// The wizard's proof: what was kept is given back, and with it the ways out when something is missing.
import { html, type TemplateResult } from 'lit-html';
import { actionButton } from '../page/views.ts';
import { proofComplaint, proofForm } from './proof-form.ts';
import type { KeysView } from './screen.ts';
import type { KeysState } from './state.ts';

export function provePage(view: KeysView, state: KeysState): TemplateResult {
  const { say, dispatch, data } = view;
  const [problem, isOwn, isShared] = [state.proofProblem, state.way === 'own', Boolean(state.secrets?.keyShares)];
  return html`
    <h2 tabindex="-1">${say(isOwn ? 'own-title' : 'prove-title')}</h2>
    <p>${say(isOwn ? 'own-text' : isShared ? 'prove-text-shares' : 'prove-text')}</p>
    ${proofForm({
      ...state,
      say,
      dispatch,
      fileHint: isOwn ? say('own-file-hint') : say('file-hint', { file: data.fileName }),
      sharesLegend: isShared ? say('shares-all', { holders: state.typedShares.length }) : undefined,
      problem: problem === null ? null : { of: problem, sentence: proofComplaint(say, problem) },
    })}
    ${isOwn ? wayBack(view) : waysOut(view, state)}
  `;
}

function waysOut({ say, dispatch }: KeysView, state: KeysState): TemplateResult {
  const again = state.secrets?.keyShares ? 'show-shares' : 'show-passphrase';
  return html`<details class="ways-out">
    <summary>${say('prove-trouble')}</summary>
    <div class="actions">
      ${actionButton(say('save-again'), () => dispatch({ type: 'save-pressed' }))}
      ${actionButton(say(again), () => dispatch({ type: 'passphrase-wanted' }))}
      ${actionButton(say('start-over'), () => dispatch({ type: 'start-over-pressed' }))}
    </div>
  </details>`;
}

function wayBack({ say, dispatch }: KeysView): TemplateResult {
  return html`<p>${actionButton(say('back'), () => dispatch({ type: 'start-over-pressed' }), 'quiet')}</p>`;
}
