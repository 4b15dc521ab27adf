import { assert, integer, property } from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { visibleColour } from './colour.ts';

const tokens = readFileSync(join(import.meta.dirname, '../../../browser/src/styles/tokens.css'), 'utf8');
const surfaces = ['paper', 'surface', 'sunken'].flatMap((name) =>
  [...tokens.matchAll(new RegExp(`--${name}: (#[0-9a-f]{6});`, 'g'))].map(([, hex]) => hex!),
);

/** WCAG 2.2: relative luminance and contrast ratio, written again for the test. */
function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(one: string, two: string): number {
  const [light, dark] = [luminance(one), luminance(two)].sort((a, b) => b - a);
  return (light! + 0.05) / (dark! + 0.05);
}

const colours = integer({ min: 0, max: 0xffffff }).map((n) => `#${n.toString(16).padStart(6, '0')}`);

test('any colour is seen on every surface, light and dark, and carries a white sign', () => {
  expect(surfaces).toHaveLength(6);
  const seen = (colour: string) => {
    const visible = visibleColour(colour);
    expect(visible).toMatch(/^#[0-9a-f]{6}$/);
    for (const other of [...surfaces, '#ffffff']) expect(contrast(visible, other)).toBeGreaterThanOrEqual(3);
  };
  for (const colour of ['#000000', '#ffffff', '#ff0000', '#00ff00', '#0000ff', '#ffff00', '#52606d']) seen(colour);
  assert(property(colours, seen));
});

test('a colour that is seen already stays as it was chosen', () => {
  for (const colour of ['#257b8d', '#b5543d']) expect(visibleColour(colour)).toBe(colour);
});
