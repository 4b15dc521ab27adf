// Pieces of page that the programs share. They draw; they know nothing of elections.
import { html, nothing, type TemplateResult } from 'lit-html';
import type { Say } from './messages.ts';

export interface Contact {
  readonly name: string;
  readonly email: string;
}

export function contactLine(say: Say, contact: Contact): TemplateResult {
  const [before = '', after = ''] = say('contact', { name: contact.name }).split('{email}');
  return html`<p class="hint">${before}<a href="mailto:${contact.email}">${contact.email}</a>${after}</p>`;
}

export function actionButton(
  label: string,
  press: () => void,
  kind: 'primary' | 'secondary' | 'quiet' = 'secondary',
): TemplateResult {
  return html`<button type="button" class="button button--${kind}" @click=${press}>${label}</button>`;
}

/** Where one stands among the steps, for eyes; screen readers get the same from `aria-current`. */
export function stepList(label: string, names: readonly string[], current: number): TemplateResult {
  const step = (name: string, index: number) => html`<li
    aria-current=${index === current ? 'step' : nothing}
    class=${index < current ? 'done' : nothing}
  >
    <span>${name}</span>
  </li>`;
  return html`<ol class="steps" aria-label=${label}>
    ${names.map(step)}
  </ol>`;
}

export const tick = html`<svg class="tick" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true">
  <path
    d="M7 17l6 6L25 9"
    fill="none"
    stroke="currentColor"
    stroke-width="3.5"
    stroke-linecap="round"
    stroke-linejoin="round"
  />
</svg>`;
