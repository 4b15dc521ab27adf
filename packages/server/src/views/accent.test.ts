import { assert, property } from 'fast-check';
import { expect, test } from 'vitest';
import { colours, contrast, surfacesOf } from '../../../../tests/support/contrast.ts';
import { accentPath, accentSheet, accentsOf, ownAccent } from './accent.ts';

/** Everything that is written in an accent or on it. */
function readable(hex: string): void {
  const accents = accentsOf(hex);
  for (const scheme of ['light', 'dark'] as const) {
    const { accent, strong, ink, soft } = accents[scheme];
    for (const ground of [...surfacesOf(scheme), soft])
      for (const text of [accent, strong])
        expect([hex, scheme, contrast(text, ground) >= 4.5]).toEqual([hex, scheme, true]);
    for (const ground of [accent, strong])
      expect([hex, scheme, contrast(ink, ground) >= 4.5]).toEqual([hex, scheme, true]);
    expect(contrast(surfacesOf(scheme)[0]!, soft)).toBeLessThan(1.6);
  }
}

test('whatever colour is chosen, text in it and on it can be read, by day and by night', () => {
  for (const hex of ['#000000', '#ffffff', '#ff0000', '#00ff00', '#0000ff', '#ffff00', '#808080']) readable(hex);
  assert(property(colours, readable));
});

test('a colour that can be read stays as it was chosen', () => {
  expect(accentsOf(ownAccent).light.accent).toBe(ownAccent);
  expect(accentsOf('#9cc2f3').dark.accent).toBe('#9cc2f3');
});

test('the sheet sets tokens and nothing else, under an address that names the colour', () => {
  expect(accentPath('#a1b2c3')).toBe('/assets/accent.a1b2c3.css');
  expect(accentSheet('#a1b2c3')).toMatch(/^@layer tokens\{(?:[:@\w\s(){}-]|--[a-z-]+:#[0-9a-f]{6};)+\}$/);
});
