// The page's part that the program draws: choose, wait, read.
import { html, type TemplateResult } from 'lit-html';
import { checkingPage } from './checking-view.ts';
import { choosePage } from './choose-view.ts';
import { reportPage } from './report-view.ts';
import type { VerifyView } from './screen.ts';
import type { VerifyState } from './state.ts';

export function verifyPage(view: VerifyView, state: VerifyState): TemplateResult {
  return html`<div class="verify" data-stage=${state.stage}>${stagePage(view, state)}</div>`;
}

function stagePage(view: VerifyView, state: VerifyState): TemplateResult {
  if (state.stage === 'checking') return checkingPage(view, state);
  return state.stage === 'report' && state.report !== null
    ? reportPage(view, state, state.report)
    : choosePage(view, state);
}
