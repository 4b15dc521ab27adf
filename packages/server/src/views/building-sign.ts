// A building's sign: its icon in white on its colour. Colours are attributes of the drawing, as the policy of our pages
// forbids style attributes. The building's name always stands beside.
import { html } from 'hono/html';
import { visibleColour } from './colour.ts';
import type { Html, Page } from './page.ts';

export interface Sign {
  readonly icon: string;
  /** `#rrggbb`, as it was chosen. */
  readonly colour: string;
}

export function buildingSign(page: Page, { icon, colour }: Sign): Html {
  const drawing = page.icon(icon) ?? page.icon('building') ?? '';
  return html`<svg class="sign" viewBox="0 0 40 40" width="40" height="40" aria-hidden="true" focusable="false">
    <rect width="40" height="40" rx="8" fill="${visibleColour(colour)}" />
    <use href="${drawing}" x="9" y="9" width="22" height="22" fill="#fff" />
  </svg>`;
}
