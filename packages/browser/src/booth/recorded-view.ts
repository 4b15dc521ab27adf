// Screen 3: the vote is recorded. The receipt, what it is good for, until when, and whom to ask.
import { formatReceipt } from '@votix/protocol';
import { html, nothing, type TemplateResult } from 'lit-html';
import { actionButton, contactLine, tick } from '../page/views.ts';
import { qrPicture } from '../page/qr.ts';
import type { BoothState, Head } from './state.ts';
import type { BoothView } from './screen.ts';

export function recordedScreen(view: BoothView, state: BoothState): TemplateResult {
  const { say, dispatch, data } = view;
  if (state.recorded === null) return html``;
  const { receipt, recordedAt, head } = state.recorded;
  return html`
    <div class="recorded">
      ${tick}
      <h1 tabindex="-1">${say('recorded-title')}</h1>
      <p><strong>${view.definition.name}</strong></p>
      <p>${say('recorded-at', { at: recordedAt })}</p>
    </div>
    <section aria-labelledby="receipt-title">
      <h2 id="receipt-title">${say('receipt-title')}</h2>
      ${receiptGroups(receipt)}
      <p>${say('receipt-privacy')}</p>
      <div class="receipt-acts">
        ${actionButton(say('copy'), () => dispatch({ type: 'copy-pressed' }))}
        ${actionButton(say('save'), () => dispatch({ type: 'save-pressed' }))}
      </div>
      <p role="status" class="hint">
        ${state.copied === null ? nothing : say(state.copied === 'yes' ? 'copied' : 'copy-failed')}
      </p>
      <details class="receipt-qr" @toggle=${() => dispatch({ type: 'qr-opened' })}>
        <summary>${say('show-qr')}</summary>
        ${state.isQrShown ? qrPicture(receiptAddress(data.receiptUrl, receipt), say('qr-title')) : nothing}
        <p class="hint">${say('qr-hint')}</p>
      </details>
      ${head === null ? nothing : boardHead(view, head)}
    </section>
    <section aria-labelledby="check-title">
      <h2 id="check-title">${say('check-title')}</h2>
      <p>${say('check-until', { until: data.receiptUntil })}</p>
      <p>
        <a href=${data.receiptUrl} target="_blank" rel="noopener">${say('check-link')}</a>
        <span class="print-only">${data.receiptUrl}</span>
      </p>
      ${contactLine(say, data.contact)}
    </section>
    <button
      type="button"
      class="button button--primary button--wide booth-act"
      data-ready="true"
      @click=${() => dispatch({ type: 'finish-pressed' })}
    >
      ${say('finish')}
    </button>
    <p class="hint">${say('finish-hint')}</p>
  `;
}

/** Folded: whoever compares it with what others see knows that all see the same board. */
function boardHead({ say, data }: BoothView, { height, hash }: Head): TemplateResult {
  return html`<p class="print-only">${say('head', { height })} <code class="digest">${hash}</code></p>
    <details class="receipt-head screen-only">
    <summary>${say('show-head')}</summary>
    <p>${say('head', { height })}</p>
    <p><code class="digest" translate="no">${hash}</code></p>
    <p class="hint">
      ${say('head-hint')} <a href="${data.electionUrl}/board" target="_blank" rel="noopener">${say('head-link')}</a>
    </p>
  </details>`;
}

export function receiptGroups(receipt: string): TemplateResult {
  return html`<p class="receipt" translate="no">
    ${formatReceipt(receipt)
      .split(' ')
      .map((group) => html`<span>${group}</span> `)}
  </p>`;
}

/** The page fills its field from the fragment, which no browser sends to the server. */
function receiptAddress(receiptUrl: string, receipt: string): string {
  return `${receiptUrl.split('#')[0]}#${receipt}`;
}
