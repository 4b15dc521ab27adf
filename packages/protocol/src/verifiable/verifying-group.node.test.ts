// The kernel against @noble/curves, on random and on hostile inputs: whatever noble says of a text, a power, a product or an order, the
// kernel says too. And verification where no kernel can run.

import { ed25519 } from '@noble/curves/ed25519.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import * as fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { ed25519Group } from './ed25519.ts';
import { type Element, textOf } from './group.ts';
import { openKernel } from './kernel.ts';
import { findVerifyingGroup } from './verifying-group.ts';

const { Point } = ed25519;
const group = findVerifyingGroup('Ed25519')!;
const kernel = openKernel()!;
const { order } = group;

const ORDER_8 = Point.fromHex('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a');

/** Scalars whose digits carry, run long or are all the same, and any others below q. */
const scalar = fc.oneof(
  fc.constantFrom(
    0n,
    1n,
    2n,
    8n,
    9n,
    127n,
    128n,
    129n,
    (1n << 24n) - 1n,
    1n << 24n,
    order - 1n,
    order - 2n,
    order >> 1n,
  ),
  fc.constantFrom('7', '8', '9', 'f', '80', '7f', '81').map((digits) => BigInt(`0x${digits.repeat(62).slice(0, 62)}`)),
  fc.bigInt({ min: 0n, max: order - 1n }),
);
const element = scalar.map((x) => ed25519Group.power(ed25519Group.generator, x));
const here = (theirs: Element) => group.parse(textOf(ed25519Group, theirs))!;
const sameText = (ours: Element, theirs: Element) => expect(textOf(group, ours)).toBe(textOf(ed25519Group, theirs));

test('powers, products, inverses and order are those of noble', () => {
  fc.assert(
    fc.property(element, element, scalar, (a, b, x) => {
      sameText(here(a).times(here(b)), a.times(b));
      sameText(here(a).times(here(a)), a.times(a));
      expect(here(a).times(here(a).inverse()).isIdentity).toBe(true);
      sameText(group.publicPower(here(a), x), ed25519Group.publicPower(a, x));
      sameText(group.publicPower(group.generator, x), ed25519Group.publicPower(ed25519Group.generator, x));
      sameText(group.power(here(a), x), ed25519Group.publicPower(a, x));
      expect(here(a).equals(here(b))).toBe(a.equals(b));
      expect(here(a).isIdentity).toBe(a.isIdentity);
      expect(Math.sign(group.compare(here(a), here(b)))).toBe(Math.sign(ed25519Group.compare(a, b)));
    }),
    { numRuns: 150 },
  );
});

test('a table gives what a ladder gives', () => {
  fc.assert(
    fc.property(element, scalar, (a, x) => {
      sameText(group.publicPower(group.prepare(here(a)), x), ed25519Group.publicPower(a, x));
    }),
    { numRuns: 30 },
  );
});

test('bytes are a point for the kernel when they are one for noble, and the same point', () => {
  const flipped = fc.tuple(element, fc.nat(255)).map(([a, bit]) => {
    const bytes = Point.fromHex(textOf(ed25519Group, a).match(/../g)!.toReversed().join('')).toBytes();
    return bytes.with(bit >> 3, bytes.at(bit >> 3)! ^ (1 << (bit & 7)));
  });
  const nearP = fc.bigInt({ min: -40n, max: 40n }).chain((by) =>
    fc.boolean().map((isNegative) => {
      const value = Point.Fp.ORDER + by + (isNegative ? 1n << 255n : 0n);
      return Uint8Array.from({ length: 32 }, (_, at) => Number((value >> BigInt(8 * at)) & 255n));
    }),
  );
  const small = fc.nat(300).map((value) => Uint8Array.from([value & 255, value >> 8, ...new Uint8Array(30)]));
  const any = fc.uint8Array({ minLength: 32, maxLength: 32 });
  const nobleReads = (bytes: Uint8Array) => {
    try {
      return Point.fromBytes(Uint8Array.from(bytes)).toHex();
    } catch {
      return undefined;
    }
  };
  let points = 0;
  fc.assert(
    fc.property(fc.oneof(any, flipped, nearP, small), (bytes) => {
      const point = kernel.decode(bytes);
      const [encoded] = point === undefined ? [] : kernel.encode([point]);
      expect(encoded && bytesToHex(encoded)).toBe(nobleReads(bytes));
      points += point === undefined ? 0 : 1;
    }),
    { numRuns: 2000 },
  );
  expect(points).toBeGreaterThan(200);
});

test('a point outside the prime-order group is refused, whatever its torsion', () => {
  fc.assert(
    fc.property(element, fc.integer({ min: 1, max: 7 }), (a, times) => {
      const good = Point.fromHex(textOf(ed25519Group, a).match(/../g)!.toReversed().join(''));
      const hex = good.add(ORDER_8.multiplyUnsafe(BigInt(times))).toHex();
      expect(group.parse(hex.match(/../g)!.toReversed().join(''))).toBeUndefined();
    }),
    { numRuns: 60 },
  );
});

test('more bases than there are slots, in any order, still give the right powers', () => {
  const bases = Array.from({ length: 150 }, (_, at) => ed25519Group.power(ed25519Group.generator, BigInt(at + 2)));
  const ours = bases.map(here);
  const x = order - 12_345n;
  for (const at of [...bases.keys(), ...bases.keys(), 3, 149, 3]) {
    sameText(group.publicPower(ours.at(at)!, x), ed25519Group.publicPower(bases.at(at)!, x));
  }
  const prepared = ours.slice(0, 20).map((base) => group.prepare(base));
  for (const at of [0, 19, ...prepared.keys(), 0]) {
    sameText(group.publicPower(prepared.at(at)!, x), ed25519Group.publicPower(bases.at(at)!, x));
  }
  expect(group.texts(ours)).toEqual(ed25519Group.texts(bases));
  expect(group.texts([])).toEqual([]);
});

test('a long chain of additions and doublings without a text between stays right', () => {
  let [ours, theirs] = [group.generator, ed25519Group.generator];
  for (let step = 0; step < 500; step += 1) {
    const other = step % 3 === 0 ? 'inverse' : 'same';
    ours = ours.times(ours).times(other === 'same' ? group.generator : group.generator.inverse());
    theirs = theirs.times(theirs).times(other === 'same' ? ed25519Group.generator : ed25519Group.generator.inverse());
  }
  sameText(ours, theirs);
});

test('the kernel runs here', () => {
  expect(group).not.toBe(ed25519Group);
});

test('where no kernel may run, noble checks', async () => {
  vi.resetModules();
  vi.stubGlobal('WebAssembly', undefined);
  try {
    const apart = await import('./verifying-group.ts');
    const { ed25519Group: noble } = await import('./ed25519.ts');
    expect(apart.findVerifyingGroup('Ed25519')).toBe(noble);
  } finally {
    vi.unstubAllGlobals();
  }
});
