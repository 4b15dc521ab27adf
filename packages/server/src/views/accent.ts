// The organisation's accent in place of ours (tokens.css), moved as little as needed so that everything written in it or on it
// has at least 4.5:1 (WCAG 2.2, 1.4.3), light and dark. A style sheet of its own: the policy of our pages allows no other way.

import { withLuminance } from './colour.ts';

/** As in tokens.css. */
export const ownAccent = '#1f4a86';

export const isColour = (text: string): boolean => /^#[0-9a-f]{6}$/.test(text);

interface Accents {
  readonly accent: string;
  /** Under the pointer. */
  readonly strong: string;
  /** Written on the two. */
  readonly ink: string;
  /** Behind text in the accent. */
  readonly soft: string;
}

/** Luminances between which each lies; the surfaces of tokens.css reach from 0.82 up by day and to 0.02 by night. */
export const accentsOf = (hex: string): { readonly light: Accents; readonly dark: Accents } => ({
  light: {
    accent: withLuminance(hex, 0, 0.125),
    strong: withLuminance(hex, 0, 0.06),
    ink: '#ffffff',
    soft: withLuminance(hex, 0.82, 0.82),
  },
  dark: {
    accent: withLuminance(hex, 0.42, 0.85),
    strong: withLuminance(hex, 0.58, 0.92),
    ink: withLuminance(hex, 0.008, 0.008),
    soft: withLuminance(hex, 0.022, 0.022),
  },
});

export const accentPath = (hex: string): string => `/assets/accent.${hex.slice(1)}.css`;

export function accentSheet(hex: string): string {
  const { light, dark } = accentsOf(hex);
  return `@layer tokens{:root{${tokens(light)}}@media (prefers-color-scheme:dark){:root{${tokens(dark)}}}}`;
}

const tokens = ({ accent, strong, ink, soft }: Accents): string =>
  `--accent:${accent};--accent-strong:${strong};--accent-ink:${ink};--accent-soft:${soft};--focus:${accent};`;
