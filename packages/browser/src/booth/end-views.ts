// The booth's other ends: refused, finished, and the two reasons why it cannot even begin.
import { html, nothing, type TemplateResult } from 'lit-html';
import { contactLine, tick } from '../page/views.ts';
import { receiptGroups } from './recorded-view.ts';
import type { BoothState, Refusal } from './state.ts';
import type { BoothView } from './screen.ts';

export function refusedScreen(view: BoothView, state: BoothState): TemplateResult {
  const { say, data } = view;
  if (state.refusal === null) return html``;
  const { title, text } = wordsFor(view, state.refusal);
  const receipt = state.refusal.kind === 'unsealable' ? null : state.refusal.receipt;
  return html`
    <h1 tabindex="-1">${title}</h1>
    <p>${text}</p>
    ${receipt !== null && state.refusal.kind === 'server' ? html`<p>${say('maybe-recorded')}</p>` : nothing}
    ${receipt === null ? nothing : receiptGroups(receipt)}
    <p><a href=${data.electionUrl}>${say('election-link')}</a></p>
    ${contactLine(say, data.contact)}
  `;
}

function wordsFor({ say, data }: BoothView, refusal: Refusal): { title: string; text: string } {
  switch (refusal.kind) {
    case 'server':
      return { title: refusal.title, text: refusal.detail };
    case 'other-receipt':
      return { title: say('unconfirmed-title'), text: say('unconfirmed-text', { name: data.contact.name }) };
    case 'unsealable':
      return { title: say('unready-title'), text: say('unready-text') };
  }
}

export function finishedScreen({ say, data }: BoothView): TemplateResult {
  return html`
    ${tick}
    <h1 tabindex="-1">${say('finished-title')}</h1>
    <p>${say('finished-text')}</p>
    <p><a href=${data.electionUrl}>${say('election-link')}</a></p>
  `;
}

export function insecureScreen({ say, data }: Pick<BoothView, 'say' | 'data'>): TemplateResult {
  return html`
    <h1 tabindex="-1">${say('insecure-title')}</h1>
    <p>${say('insecure-text')}</p>
    <p>${say('insecure-way-out')}</p>
    ${contactLine(say, data.contact)}
  `;
}

export function unreadyScreen({ say, data }: Pick<BoothView, 'say' | 'data'>): TemplateResult {
  return html`
    <h1 tabindex="-1">${say('unready-title')}</h1>
    <p>${say('unready-text')}</p>
    ${contactLine(say, data.contact)}
  `;
}
