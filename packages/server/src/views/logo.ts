// A candidate's picture: one frame for all of them, whole inside it, so that none is larger or cut. Where others of the list
// have one, an empty frame keeps the names in line.
import { html } from 'hono/html';
import type { Html, Page } from './page.ts';

export interface Pictured {
  readonly name: string;
  /** The hash of the picture. */
  readonly logo?: string | null | undefined;
}

export const logoPath = (hash: string): string => `/logos/${hash}.webp`;

export const hasLogos = (candidates: readonly Pictured[]): boolean => candidates.some(({ logo }) => Boolean(logo));

/** `alt` is empty where the name is part of the same cell and would be read twice. */
export function logoFrame(page: Page, { name, logo }: Pictured, alt = name): Html {
  if (!logo) return html`<span class="logo logo--none"></span>`;
  return html`<img class="logo" src="${page.href(logoPath(logo))}" alt="${alt}" width="56" height="56" decoding="async" />`;
}
