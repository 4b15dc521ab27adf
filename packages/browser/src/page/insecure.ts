// What a key holder's page shows where the browser has no cryptography: why, and what to do.
import { html, type TemplateResult } from 'lit-html';
import type { Say } from './messages.ts';

export function insecurePage(say: Say): TemplateResult {
  return html`<div class="ceremony card">
    <h1 tabindex="-1">${say('insecure-title')}</h1>
    <p>${say('insecure-text')}</p>
    <p>${say('insecure-way-out')}</p>
  </div>`;
}
