// Arithmetic of edwards25519 for verification: everything it touches is public, and its time depends on its inputs. Nothing secret
// may come here. The memory is the caller's to divide (`room`); what each function needs is said in sizes exported below.

import {
  AFFINE_BYTES,
  POINT_BYTES,
  addAffine,
  addSummand,
  copyPoint,
  double,
  setIdentity,
  toAffine,
  toSummand,
} from './point';

export { areEqual, decode, encode, isIdentity, negatePoint } from './point';

/** A scalar has 32 bytes, little-endian, below 2^253: 64 digits from −7 to 8. */
const LADDER_DIGITS = 64;
const HIGHEST_DIGIT = 8;
/** A table has one window for each byte of a scalar, digits from −127 to 128. */
const WINDOWS = 32;
const WINDOW_POINTS = 128;

/** Where the memory begins that is the caller's. */
export function roomStart(): usize {
  return (__heap_base + 15) & ~15;
}

export function pointBytes(): usize {
  return POINT_BYTES;
}

export function ladderBytes(): usize {
  return <usize>LADDER_DIGITS * POINT_BYTES;
}

export function tableBytes(): usize {
  return <usize>(WINDOWS * WINDOW_POINTS) * AFFINE_BYTES;
}

const SUMMAND = memory.data(160);
const RUNG = memory.data(160);

export function addPoints(sum: usize, a: usize, b: usize): void {
  toSummand(SUMMAND, b);
  addSummand(sum, a, SUMMAND, false);
}

export function doublePoint(to: usize, a: usize): void {
  double(to, a, true);
}

/** a, 16·a, 256·a, … as summands: the doublings that all multiples of a share. */
export function makeLadder(ladder: usize, a: usize): void {
  copyPoint(RUNG, a);
  for (let i = 0; ; i++) {
    toSummand(ladder + <usize>i * POINT_BYTES, RUNG);
    if (i === LADDER_DIGITS - 1) return;
    double(RUNG, RUNG, false);
    double(RUNG, RUNG, false);
    double(RUNG, RUNG, false);
    double(RUNG, RUNG, true);
  }
}

const BUCKETS = memory.data(8 * 160);
const RUNNING = memory.data(160);

/** scalar·a from a's ladder: the rungs are sorted by their digits, then added up from the highest digit down (A. C. Yao, 1976). */
export function climb(to: usize, ladder: usize, scalar: usize): void {
  for (let digit = 1; digit <= HIGHEST_DIGIT; digit++) setIdentity(bucketOf(digit));
  let carry = 0;
  for (let i = 0; i < LADDER_DIGITS; i++) {
    const byte = <i32>load<u8>(scalar + ((<usize>i) >> 1));
    let digit = ((i & 1) === 0 ? byte & 15 : byte >> 4) + carry;
    carry = digit > HIGHEST_DIGIT ? 1 : 0;
    digit -= carry << 4;
    const rung = ladder + <usize>i * POINT_BYTES;
    if (digit > 0) addSummand(bucketOf(digit), bucketOf(digit), rung, false);
    if (digit < 0) addSummand(bucketOf(-digit), bucketOf(-digit), rung, true);
  }
  copyPoint(RUNNING, bucketOf(HIGHEST_DIGIT));
  copyPoint(to, RUNNING);
  for (let digit = HIGHEST_DIGIT - 1; digit > 0; digit--) {
    addPoints(RUNNING, RUNNING, bucketOf(digit));
    addPoints(to, to, RUNNING);
  }
}

function bucketOf(digit: i32): usize {
  return BUCKETS + <usize>(digit - 1) * POINT_BYTES;
}

const WINDOW = memory.data(128 * 160);
const INVERSES = memory.data(128 * 40);

/** 1·256^i·a to 128·256^i·a for every i: for a base that is raised many times. */
export function makeTable(table: usize, a: usize): void {
  copyPoint(RUNG, a);
  for (let i = 0; i < WINDOWS; i++) {
    toSummand(SUMMAND, RUNG);
    copyPoint(WINDOW, RUNG);
    for (let k = 1; k < WINDOW_POINTS; k++) {
      const before = WINDOW + <usize>(k - 1) * POINT_BYTES;
      addSummand(before + POINT_BYTES, before, SUMMAND, false);
    }
    toAffine(table + <usize>(i * WINDOW_POINTS) * AFFINE_BYTES, WINDOW, WINDOW_POINTS, INVERSES);
    double(RUNG, WINDOW + <usize>(WINDOW_POINTS - 1) * POINT_BYTES, true);
  }
}

/** scalar·a from a's table. */
export function lookUp(to: usize, table: usize, scalar: usize): void {
  setIdentity(to);
  let carry = 0;
  for (let i = 0; i < WINDOWS; i++) {
    let digit = <i32>load<u8>(scalar + <usize>i) + carry;
    carry = digit > WINDOW_POINTS ? 1 : 0;
    digit -= carry << 8;
    const window = table + <usize>(i * WINDOW_POINTS) * AFFINE_BYTES;
    if (digit > 0) addAffine(to, to, window + <usize>(digit - 1) * AFFINE_BYTES, false);
    if (digit < 0) addAffine(to, to, window + <usize>(-digit - 1) * AFFINE_BYTES, true);
  }
}
