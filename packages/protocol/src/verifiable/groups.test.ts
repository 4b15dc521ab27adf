// Both groups against the laws of a group, @noble/curves, and hostile encodings.

import { ed25519 } from '@noble/curves/ed25519.js';
import { pow } from '@noble/curves/abstract/modular.js';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { BELENIOS_2048_MODULUS as MODULUS, belenios2048Group } from './belenios-2048.ts';
import { ed25519Group } from './ed25519.ts';
import { type Group, textOf } from './group.ts';
import { findGroup } from './groups.ts';
import { parseScalar, randomScalar } from './scalar.ts';
import { findVerifyingGroup } from './verifying-group.ts';

const { Point } = ed25519;
const kernelGroup = findVerifyingGroup('Ed25519')!;
const reversed = (hex: string) => hex.match(/../g)!.toReversed().join('');

/** Scalars where mistakes are likely, and any others. */
function scalarOf(group: Group): fc.Arbitrary<bigint> {
  const edges = [0n, 1n, 2n, 15n, 16n, 17n, 1n << 128n, group.order - 1n, group.order - 2n];
  return fc.oneof(fc.constantFrom(...edges), fc.bigInt({ min: 0n, max: group.order - 1n }));
}

for (const [called, group, numRuns] of [
  ['Ed25519', ed25519Group, 25],
  ['Ed25519 by the kernel', kernelGroup, 25],
  ['BELENIOS-2048', belenios2048Group, 6],
] as const) {
  test(`${called}: exponents add, every way of raising agrees, texts survive`, () => {
    const base = group.power(group.generator, randomScalar(group));
    const prepared = group.prepare(base);
    const property = fc.property(scalarOf(group), scalarOf(group), (a, b) => {
      const sum = group.publicPower(base, (a + b) % group.order);
      const product = group.publicPower(base, a).times(group.publicPower(base, b));
      expect(product.equals(sum)).toBe(true);
      for (const other of [base, prepared]) {
        expect(group.power(other, a).equals(group.publicPower(base, a))).toBe(true);
        expect(group.publicPower(other, a).equals(group.publicPower(base, a))).toBe(true);
      }
      expect(sum.times(sum.inverse()).isIdentity).toBe(true);
      const text = textOf(group, sum);
      expect(group.parse(text)?.equals(sum)).toBe(true);
    });
    fc.assert(property, { numRuns });
  });

  test(`${called}: the generator has order q`, () => {
    const { generator, order } = group;
    expect(generator.isIdentity).toBe(false);
    expect(group.publicPower(generator, order - 1n).times(generator).isIdentity).toBe(true);
  });

  test(`${called}: the identity has a text and is told apart`, () => {
    const text = textOf(group, group.identity);
    expect(group.parse(text)?.isIdentity).toBe(true);
    expect(group.power(group.identity, 5n).isIdentity).toBe(true);
    expect(group.power(group.generator, 0n).isIdentity).toBe(true);
  });

  test(`${called}: anything at all as an element or a scalar is refused, never thrown at`, () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything({ withBigInt: true }), fc.string()), (value) => {
        expect(value === '1' ? undefined : group.parse(value)).toBeUndefined();
        const scalar = parseScalar(group, value);
        expect(scalar === undefined || scalar.toString() === value).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  test(`${called}: a scalar has one text, below q`, () => {
    expect(parseScalar(group, (group.order - 1n).toString())).toBe(group.order - 1n);
    const hostile = [group.order.toString(), '-1', '01', '+1', ' 1', '1 ', '1\n', '1e3', '0x1', '١', '', 1, 1n, null];
    const endless = '9'.repeat(1_000_000);
    for (const text of [...hostile, endless]) expect(parseScalar(group, text)).toBeUndefined();
  });
}

test('a group is found by its name, for checking too', () => {
  for (const group of [ed25519Group, belenios2048Group]) expect(findGroup(group.name)).toBe(group);
  expect(findVerifyingGroup('BELENIOS-2048')).toBe(belenios2048Group);
  for (const name of ['ED25519', '', undefined]) expect(findVerifyingGroup(name)).toBeUndefined();
});

test('the ladder raises as noble does, in both groups', () => {
  const property = fc.property(scalarOf(ed25519Group), scalarOf(belenios2048Group), (a, b) => {
    const base = Point.BASE.multiply(randomScalar(ed25519Group));
    const raised = ed25519Group.publicPower(ed25519Group.parse(reversed(base.toHex()))!, a);
    expect(textOf(ed25519Group, raised)).toBe(reversed(base.multiplyUnsafe(a).toHex()));
    const number = belenios2048Group.power(belenios2048Group.generator, randomScalar(belenios2048Group));
    const text = textOf(belenios2048Group, number);
    const expected = pow(BigInt(text), b, MODULUS);
    expect(textOf(belenios2048Group, belenios2048Group.publicPower(number, b))).toBe(expected.toString());
  });
  fc.assert(property, { numRuns: 15 });
});

test('Belenios specification §5.1.1: p has 2048 bits, q 256, and q divides p − 1', () => {
  expect(MODULUS.toString(2)).toHaveLength(2048);
  expect(belenios2048Group.order.toString(2)).toHaveLength(256);
  expect((MODULUS - 1n) % belenios2048Group.order).toBe(0n);
});

test('BELENIOS-2048 refuses 0, numbers from p on, leading zeros, and numbers outside the subgroup', () => {
  const generator = BigInt(textOf(belenios2048Group, belenios2048Group.generator));
  const outside = [0n, MODULUS, MODULUS + 1n, generator + MODULUS, 2n, MODULUS - 1n, MODULUS - generator];
  const texts = [...outside.map(String), `0${generator}`, `-${generator}`, `${generator} `, '9'.repeat(1_000_000)];
  for (const text of texts) expect(belenios2048Group.parse(text)).toBeUndefined();
});

/** By noble and by the kernel. */
const EITHER = [ed25519Group, kernelGroup];

/** RFC 8032 bytes of the points of order 2, 4, 4, 8, 8, 8, 8. */
const SMALL_ORDER = [
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0000000000000000000000000000000000000000000000000000000000000080',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85',
];

test('RFC 8032 §5.1: the generator of Ed25519, its bytes reversed', () => {
  for (const group of EITHER) expect(textOf(group, group.generator)).toBe(`${'6'.repeat(62)}58`);
});

test('Ed25519 refuses points of small order, alone and added to a good point', () => {
  const good = Point.BASE.multiply(randomScalar(ed25519Group));
  for (const hex of SMALL_ORDER) {
    const small = Point.fromHex(hex);
    expect(small.isSmallOrder()).toBe(true);
    for (const group of EITHER) {
      expect(group.parse(reversed(hex))).toBeUndefined();
      expect(group.parse(reversed(good.add(small).toHex()))).toBeUndefined();
    }
  }
});

test('Ed25519 refuses y from p on, negative zeros, and numbers that are no y of a point', () => {
  const nonCanonical = [
    'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
    'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
    '0100000000000000000000000000000000000000000000000000000000000080',
    'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
    '0200000000000000000000000000000000000000000000000000000000000000',
  ];
  for (const hex of nonCanonical) for (const group of EITHER) expect(group.parse(reversed(hex))).toBeUndefined();
});

test('Ed25519 refuses capitals, other lengths and other characters', () => {
  const text = textOf(ed25519Group, ed25519Group.power(ed25519Group.generator, 9n));
  const others = [
    text.toUpperCase(),
    text.slice(1),
    `${text}0`,
    `0x${text.slice(2)}`,
    ` ${text.slice(1)}`,
    `${text}\n`,
  ];
  for (const other of others) for (const group of EITHER) expect(group.parse(other)).toBeUndefined();
});
