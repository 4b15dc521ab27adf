// Where an election stands, as a pill with its word. Voters read other words than administrators: nobody outside knows "armed".
import { html } from 'hono/html';
import type { Html, Page } from './page.ts';

export type Phase = 'draft' | 'armed' | 'open' | 'closed' | 'deliberated' | 'published' | 'archived' | 'abandoned';
/** A draft is nobody's business but the administrators'. */
export type PublicPhase = Exclude<Phase, 'draft'>;

export function phasePill(page: Page, phase: Phase): Html {
  return html`<span class="pill pill--${phase}">${page.t(`console.phase.${phase}`)}</span>`;
}

export function publicPhasePill(page: Page, phase: PublicPhase): Html {
  return html`<span class="pill pill--${phase}">${page.t(`home.phase.${phase}`)}</span>`;
}
