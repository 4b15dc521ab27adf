// The group Ed25519: the prime-order subgroup of edwards25519 (RFC 8032 §5.1), by @noble/curves. An element's text is its
// RFC 8032 encoding with the bytes reversed, as 64 lower-case hexadecimal digits.

import { normalizeZ } from '@noble/curves/abstract/curve.js';
import { ed25519 } from '@noble/curves/ed25519.js';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { assert } from '../assert.ts';
import { type Bytes, compareBytes } from '../encoding/bytes.ts';
import type { Element, Group } from './group.ts';
import { type Multiplication, climb, ladderOf } from './ladder.ts';
import { randomScalar } from './scalar.ts';

const { Point } = ed25519;
type Point = (typeof Point)['BASE'];

const ORDER = Point.Fn.ORDER;
const ORDER_BITS = 253;
const TEXT = /^[0-9a-f]{64}$/;
const IDENTITY_TEXT = '1'.padStart(64, '0');
const WINDOW_BITS = 8;

const POINTS: Multiplication<Point> = {
  identity: Point.ZERO,
  times: (a, b) => a.add(b),
  square: (a) => a.double(),
};

class Ed25519Element implements Element {
  readonly point: Point;
  readonly isPrepared: boolean;
  #ladder: readonly Point[] | undefined;

  constructor(point: Point, isPrepared = false) {
    this.point = point;
    this.isPrepared = isPrepared;
  }

  get isIdentity(): boolean {
    return this.point.is0();
  }

  times(other: Ed25519Element): Ed25519Element {
    return new Ed25519Element(this.point.add(other.point));
  }

  inverse(): Ed25519Element {
    return new Ed25519Element(this.point.negate());
  }

  equals(other: Ed25519Element): boolean {
    return this.point.equals(other.point);
  }

  forgetful(): Ed25519Element {
    return new Ed25519Element(this.point);
  }

  climb(exponent: bigint): Point {
    this.#ladder ??= ladderOf(POINTS, this.point, ORDER_BITS);
    return climb(POINTS, this.#ladder, exponent);
  }
}

const identity = new Ed25519Element(Point.ZERO);

/** noble decodes strictly (RFC 8032 §5.1.3: y < p, no negative zero); the order is checked here: a point times q is the identity. */
function parse(text: unknown): Element | undefined {
  if (typeof text !== 'string' || !TEXT.test(text)) return undefined;
  if (text === IDENTITY_TEXT) return identity;
  try {
    const element = new Ed25519Element(Point.fromBytes(hexToBytes(text).toReversed()));
    return element.climb(ORDER).is0() ? element : undefined;
  } catch {
    return undefined;
  }
}

/** noble's multiplication takes the same time for any exponent but 0; then one more is made and thrown away. */
function power(base: Ed25519Element, exponent: bigint): Element {
  const isZero = exponent === 0n;
  const raised = base.isIdentity ? Point.ZERO : base.point.multiply(isZero ? randomScalar(ed25519Group) : exponent);
  return new Ed25519Element(isZero ? Point.ZERO : raised);
}

function publicPower(base: Ed25519Element, exponent: bigint): Element {
  assert(exponent >= 0n && exponent < ORDER, 'an exponent is reduced');
  if (exponent === 0n) return identity;
  return new Ed25519Element(base.isPrepared ? base.point.multiplyUnsafe(exponent) : base.climb(exponent));
}

function encode(point: Point): Bytes {
  return new Uint8Array(point.toBytes());
}

function prepare({ point }: Ed25519Element): Element {
  if (point.is0()) return identity;
  // A point of its own: noble keeps its tables as long as the point lives.
  return new Ed25519Element(Point.fromAffine(point.toAffine()).precompute(WINDOW_BITS, false), true);
}

/** Safe for secret exponents: `power` is noble's multiplication. */
export const ed25519Group: Group = {
  name: 'Ed25519',
  order: ORDER,
  generator: new Ed25519Element(Point.BASE, true),
  identity,
  parse,
  texts: (elements: readonly Ed25519Element[]) =>
    normalizeZ(
      Point,
      elements.map(({ point }) => point),
    ).map((point) => bytesToHex(encode(point).toReversed())),
  compare: (a: Ed25519Element, b: Ed25519Element) => compareBytes(encode(a.point), encode(b.point)),
  prepare,
  power,
  publicPower,
};
