import { assert, property } from 'fast-check';
import { expect, test } from 'vitest';
import { colours, contrast, surfacesOf } from '../../../../tests/support/contrast.ts';
import { visibleColour } from './colour.ts';

const surfaces = [...surfacesOf('light'), ...surfacesOf('dark')];

test('any colour is seen on every surface, light and dark, and carries a white sign', () => {
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
