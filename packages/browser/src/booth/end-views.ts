// The booth's other ends: refused, finished, and the two reasons why it cannot even begin.
import { html, nothing, type TemplateResult } from 'lit-html';
import type { Say } from '../page/messages.ts';
import { contactLine, tick } from '../page/views.ts';
import type { BoothData } from './data.ts';
import { receiptGroups } from './recorded-view.ts';
import type { BoothState, Refusal } from './state.ts';
import type { BoothView } from './screen.ts';

export function refusedScreen({ say, data }: BoothView, { refusal }: BoothState): TemplateResult {
  if (refusal === null) return html``;
  const receipt = refusal.kind === 'unsealable' ? null : refusal.receipt;
  return html`
    <h1 tabindex="-1">${refusalTitle(say, refusal)}</h1>
    <p>${refusalText(say, data, refusal)}</p>
    ${receipt !== null && refusal.kind === 'server' ? html`<p>${say('maybe-recorded')}</p>` : nothing}
    ${receipt === null ? nothing : receiptGroups(receipt)}
    <p><a href=${data.electionUrl}>${say('election-link')}</a></p>
    ${contactLine(say, data.contact)}
  `;
}

/** Of the screen and of its window. */
export function refusalTitle(say: Say, refusal: Refusal): string {
  if (refusal.kind === 'server') return refusal.title;
  return refusal.kind === 'unsealable' ? say('unready-title') : say('unconfirmed-title');
}

function refusalText(say: Say, { contact }: BoothData, refusal: Refusal): string {
  if (refusal.kind === 'server') return refusal.detail;
  return refusal.kind === 'unsealable' ? say('unready-text') : say('unconfirmed-text', { name: contact.name });
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
