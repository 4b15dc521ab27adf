// The methods lent to older browsers do what those of newer ones do.
import { expect, test } from 'vitest';

const lent = [
  [Array.prototype, 'toReversed'],
  [Array.prototype, 'toSorted'],
  [Object.getPrototypeOf(Uint8Array.prototype) as object, 'toReversed'],
  [String.prototype, 'isWellFormed'],
] as const;

/** One line of everything that is lent, so that theirs and ours can be compared. */
function saidOf(): unknown {
  const [numbers, bytes] = [[3, 20, 1], Uint8Array.of(1, 2, 3)];
  return {
    reversed: numbers.toReversed(),
    sorted: [['b', 'é', 'a'].toSorted(), numbers.toSorted((a, b) => a - b)],
    bytes: [...bytes.toReversed(), bytes.toReversed() instanceof Uint8Array],
    untouched: [numbers, [...bytes]],
    wellFormed: ['', 'Zoé', '🗳', '\ud83d', '\uddf3', 'a\ud83d', '\uddf3\ud83d'].map((text) => text.isWellFormed()),
  };
}

test('what is lent is what newer browsers have of their own', async () => {
  const own = saidOf();
  const kept = lent.map(([prototype, name]) => Object.getOwnPropertyDescriptor(prototype, name)!);
  try {
    for (const [prototype, name] of lent) Reflect.deleteProperty(prototype, name);
    expect(() => 'x'.isWellFormed()).toThrow(TypeError);
    await import('./older-browsers.ts');
    expect(lent.map(([prototype, name]) => name in prototype)).toEqual(lent.map(() => true));
    expect(saidOf()).toEqual(own);
  } finally {
    for (const [index, [prototype, name]] of lent.entries()) Object.defineProperty(prototype, name, kept[index]!);
  }
});
