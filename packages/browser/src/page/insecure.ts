// What a key holder's page shows where the browser has no cryptography: why, and what to do.
import { html, type TemplateResult } from 'lit-html';
import type { Say } from './messages.ts';

export function insecurePage(say: Say): TemplateResult {
  return html`<div class="ceremony card">
    <h2 tabindex="-1">${say('insecure-title')}</h2>
    <p>${say('insecure-text')}</p>
    <p>${say('insecure-way-out')}</p>
  </div>`;
}
