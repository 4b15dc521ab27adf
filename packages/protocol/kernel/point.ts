// Points of edwards25519, −x² + y² = 1 + d·x²·y² (RFC 8032 §5.1), in extended coordinates (X, Y, Z, T): x = X/Z, y = Y/Z, T = XY/Z
// (H. Hisil, K. K. Wong, G. Carter, E. Dawson, "Twisted Edwards curves revisited", 2008). A point is a pointer to four numbers.
// As a summand it is kept as (Y + X, Y − X, Z, 2dT), and with Z = 1 as (y + x, y − x, 2dxy).

import {
  FIELD_BYTES,
  add,
  copy,
  fromBytes,
  isOdd,
  isZero,
  multiply,
  negate,
  setSmall,
  square,
  squareTwice,
  subtract,
  toBytes,
} from './field';
import { invert, powerForRoot } from './powers';

export const POINT_BYTES: usize = 4 * FIELD_BYTES;
export const AFFINE_BYTES: usize = 3 * FIELD_BYTES;

const Y: usize = FIELD_BYTES;
const Z: usize = 2 * FIELD_BYTES;
const T: usize = 3 * FIELD_BYTES;

/** d = −121665/121666, 2d and √−1, in limbs. */
const D = memory.data<i32>([
  56195235, 13857412, 51736253, 6949390, 114729, 24766616, 60832955, 30306712, 48412415, 21499315,
]);
const D2 = memory.data<i32>([
  45281625, 27714825, 36363642, 13898781, 229458, 15978800, 54557047, 27058993, 29715967, 9444199,
]);
const ROOT_OF_MINUS_ONE = memory.data<i32>([
  34513072, 25610706, 9377949, 3500415, 12389472, 33281959, 41962654, 31548777, 326685, 11406482,
]);

const SCRATCH = memory.data(6 * 40);
const A = SCRATCH;
const B = SCRATCH + 40;
const C = SCRATCH + 80;
const E = SCRATCH + 120;
const F = SCRATCH + 160;
const G = SCRATCH + 200;

export function setIdentity(to: usize): void {
  setSmall(to, 0);
  setSmall(to + Y, 1);
  setSmall(to + Z, 1);
  setSmall(to + T, 0);
}

export function copyPoint(to: usize, from: usize): void {
  memory.copy(to, from, POINT_BYTES);
}

export function negatePoint(to: usize, a: usize): void {
  negate(to, a);
  copy(to + Y, a + Y);
  copy(to + Z, a + Z);
  negate(to + T, a + T);
}

export function isIdentity(a: usize): bool {
  subtract(A, a + Y, a + Z);
  return isZero(a) && isZero(A);
}

/** Same x and same y: X₁Z₂ = X₂Z₁ and Y₁Z₂ = Y₂Z₁. */
export function areEqual(a: usize, b: usize): bool {
  return isSameRatio(a, a + Z, b, b + Z) && isSameRatio(a + Y, a + Z, b + Y, b + Z);
}

function isSameRatio(a: usize, over: usize, b: usize, under: usize): bool {
  multiply(A, a, under);
  multiply(B, b, over);
  subtract(A, A, B);
  return isZero(A);
}

/** (Y + X, Y − X, Z, 2dT) */
export function toSummand(to: usize, a: usize): void {
  multiply(C, a + T, D2);
  add(A, a + Y, a);
  subtract(to + Y, a + Y, a);
  copy(to, A);
  copy(to + Z, a + Z);
  copy(to + T, C);
}

/** sum = a ± summand. */
export function addSummand(sum: usize, a: usize, summand: usize, minus: bool): void {
  multiply(E, a + Z, summand + Z);
  add(E, E, E);
  finish(sum, a, summand, summand + T, minus);
}

/** sum = a ± a summand whose Z is 1. */
export function addAffine(sum: usize, a: usize, summand: usize, minus: bool): void {
  add(E, a + Z, a + Z);
  finish(sum, a, summand, summand + Z, minus);
}

/** A = (Y₁ + X₁)(Y₂ + X₂), B = (Y₁ − X₁)(Y₂ − X₂), C = 2dT₁T₂; E = 2Z₁Z₂ is there. Minus a summand swaps A's with B's and negates C. */
function finish(sum: usize, a: usize, summand: usize, summandT: usize, minus: bool): void {
  const plus = minus ? summand + Y : summand;
  const other = minus ? summand : summand + Y;
  add(A, a + Y, a);
  subtract(B, a + Y, a);
  multiply(A, A, plus);
  multiply(B, B, other);
  multiply(C, a + T, summandT);
  subtract(F, A, B);
  add(G, A, B);
  if (minus) {
    subtract(A, E, C);
    add(B, E, C);
  } else {
    add(A, E, C);
    subtract(B, E, C);
  }
  multiply(sum, F, B);
  multiply(sum + Y, G, A);
  multiply(sum + Z, A, B);
  multiply(sum + T, F, G);
}

/** to = 2·a. T is left out when another doubling follows, which does not read it. */
export function double(to: usize, a: usize, withT: bool): void {
  add(A, a, a + Y);
  square(A, A);
  square(B, a);
  square(C, a + Y);
  squareTwice(E, a + Z);
  add(F, C, B);
  subtract(G, C, B);
  subtract(A, A, F);
  subtract(E, E, G);
  multiply(to, A, E);
  multiply(to + Y, F, G);
  multiply(to + Z, G, E);
  if (withT) multiply(to + T, A, F);
}

const DECODING = memory.data(4 * 40);
const U = DECODING;
const V = DECODING + 40;
const R = DECODING + 80;
const W = DECODING + 120;
const CANONICAL = memory.data(32);

/** RFC 8032 §5.1.3: the point of 32 bytes; false when y ≥ p, when no x fits, or for a zero x with its sign bit set. */
export function decode(to: usize, bytes: usize): bool {
  const sign = load<u8>(bytes, 31) >> 7;
  fromBytes(to + Y, bytes);
  toBytes(CANONICAL, to + Y);
  for (let i: usize = 0; i < 32; i++) {
    const given = i === 31 ? load<u8>(bytes + i) & 127 : load<u8>(bytes + i);
    if (load<u8>(CANONICAL + i) !== given) return false;
  }
  setSmall(to + Z, 1);
  square(U, to + Y);
  multiply(V, U, D);
  subtract(U, U, to + Z);
  add(V, V, to + Z);
  // x = u·v³·(u·v⁷)^((p − 5)/8)
  square(W, V);
  multiply(W, W, V);
  square(R, W);
  multiply(R, R, V);
  multiply(R, R, U);
  powerForRoot(R, R);
  multiply(R, R, W);
  multiply(to, R, U);
  square(W, to);
  multiply(W, W, V);
  subtract(R, W, U);
  if (!isZero(R)) {
    add(R, W, U);
    if (!isZero(R)) return false;
    multiply(to, to, ROOT_OF_MINUS_ONE);
  }
  if (isZero(to)) {
    if (sign !== 0) return false;
  } else if (<u8>isOdd(to) !== sign) {
    negate(to, to);
  }
  multiply(to + T, to, to + Y);
  return true;
}

/** Writes 32 bytes of each of so many points that stand side by side, with one inversion for all; `room` holds a number for each. */
export function encode(bytes: usize, points: usize, count: i32, room: usize): void {
  invertAll(points, count, room);
  for (let i = 0; i < count; i++) {
    const point = points + <usize>i * POINT_BYTES;
    const inverse = room + <usize>i * FIELD_BYTES;
    const out = bytes + ((<usize>i) << 5);
    multiply(A, point, inverse);
    multiply(B, point + Y, inverse);
    toBytes(out, B);
    store<u8>(out, load<u8>(out, 31) | ((<u8>isOdd(A)) << 7), 31);
  }
}

/** Writes the summands with Z = 1 of points that stand side by side. */
export function toAffine(summands: usize, points: usize, count: i32, room: usize): void {
  invertAll(points, count, room);
  for (let i = 0; i < count; i++) {
    const point = points + <usize>i * POINT_BYTES;
    const inverse = room + <usize>i * FIELD_BYTES;
    const to = summands + <usize>i * AFFINE_BYTES;
    multiply(A, point, inverse);
    multiply(B, point + Y, inverse);
    add(to, B, A);
    subtract(to + Y, B, A);
    multiply(C, A, B);
    multiply(to + Z, C, D2);
  }
}

/** 1/Z of each point (P. L. Montgomery, "Speeding the Pollard and elliptic curve methods of factorization", 1987). */
function invertAll(points: usize, count: i32, room: usize): void {
  setSmall(A, 1);
  for (let i = 0; i < count; i++) {
    copy(room + <usize>i * FIELD_BYTES, A);
    multiply(A, A, points + <usize>i * POINT_BYTES + Z);
  }
  invert(A, A);
  for (let i = count - 1; i >= 0; i--) {
    const inverse = room + <usize>i * FIELD_BYTES;
    multiply(inverse, inverse, A);
    multiply(A, A, points + <usize>i * POINT_BYTES + Z);
  }
}
