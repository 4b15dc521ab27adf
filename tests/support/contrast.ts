// Contrast by WCAG 2.2, written again for the tests, and the surfaces that tokens.css has for text.

import { integer } from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const tokens = readFileSync(join(import.meta.dirname, '../../packages/browser/src/styles/tokens.css'), 'utf8');

/** `--paper`, `--surface` and `--sunken` of a scheme. */
export function surfacesOf(scheme: 'light' | 'dark'): string[] {
  return ['paper', 'surface', 'sunken'].map((name) => {
    const found = [...tokens.matchAll(new RegExp(`--${name}: (#[0-9a-f]{6});`, 'g'))];
    return found[scheme === 'light' ? 0 : 1]![1]!;
  });
}

/** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

/** https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
export function contrast(one: string, two: string): number {
  const [light, dark] = [luminance(one), luminance(two)].toSorted((a, b) => b - a);
  return (light! + 0.05) / (dark! + 0.05);
}

/** Any `#rrggbb`. */
export const colours = integer({ min: 0, max: 0xffffff }).map((n) => `#${n.toString(16).padStart(6, '0')}`);
