// "Is my ballot in it?": a receipt is typed and looked for in the file that was checked, on this machine.
import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import type { ReceiptAnswer, Report } from './report.ts';
import type { VerifyView } from './screen.ts';
import type { VerifyState } from './state.ts';

export function receiptForm(
  view: VerifyView,
  { typedReceipt, receiptAnswer }: VerifyState,
  { kind }: Report,
): TemplateResult {
  const { say, dispatch } = view;
  const submit = (event: Event) => {
    event.preventDefault();
    dispatch({ type: 'receipt-pressed' });
  };
  const isMalformed = receiptAnswer?.kind === 'malformed';
  return html`<section class="card screen-only" aria-labelledby="receipt-title">
    <h3 id="receipt-title">${say('receipt-title')}</h3>
    <p>${say('receipt-text')}</p>
    <form class="form" method="dialog" novalidate autocomplete="off" @submit=${submit}>
      <div class="field ${isMalformed ? 'field--wrong' : ''}">
        <label for="receipt">${say('receipt-label')}</label>
        <p class="hint" id="receipt-hint">${say(`receipt-hint-${kind}`)}</p>
        ${isMalformed ? html`<p class="problem" id="receipt-problem">${say(`receipt-malformed-${kind}`)}</p>` : nothing}
        <input
          type="text"
          id="receipt"
          class=${kind === 'record' ? 'input-key' : nothing}
          spellcheck="false"
          autocapitalize="off"
          aria-describedby=${isMalformed ? 'receipt-problem receipt-hint' : 'receipt-hint'}
          aria-invalid=${isMalformed ? 'true' : nothing}
          .value=${live(typedReceipt)}
          @input=${(event: Event) => dispatch({ type: 'receipt-typed', typed: (event.target as HTMLInputElement).value })}
        />
      </div>
      <button class="button button--secondary">${say('receipt-find')}</button>
    </form>
    <div class="receipt-answer" role="status">${receiptAnswer === null || isMalformed ? nothing : answerBox(view, receiptAnswer)}</div>
  </section>`;
}

function answerBox({ say, formatNumber }: VerifyView, answer: ReceiptAnswer): TemplateResult {
  if (answer.kind !== 'found') {
    return html`<div class="notice notice--warn">
      <p class="notice-title">${say('receipt-missing-title')}</p>
      <p>${say('receipt-missing')}</p>
    </div>`;
  }
  const { at, apart } = answer;
  return html`<div class="notice ${apart === null ? 'notice--good' : 'notice--warn'}">
    <p class="notice-title">${say('receipt-found-title', { number: formatNumber(at) })}</p>
    <p>${say(apart === null ? 'receipt-found' : `receipt-${apart}`)}</p>
  </div>`;
}
