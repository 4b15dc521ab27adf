// The two fixed powers that points need: an inverse, and what a square root is made of.

import { copy, multiply, square } from './field';

const SCRATCH = memory.data(5 * 40);
const INPUT = SCRATCH + 160;
const T0 = SCRATCH;
const T1 = SCRATCH + 40;
const T2 = SCRATCH + 80;
const T3 = SCRATCH + 120;

/** a^(2^times) */
function squareOften(product: usize, a: usize, times: i32): void {
  square(product, a);
  for (let i = 1; i < times; i++) square(product, product);
}

/** T0 = a^(2^250 − 1), T1 = a^11: the common part of the two powers below. */
function climbTo250(a: usize): void {
  square(T0, a); // 2
  squareOften(T1, T0, 2); // 8
  multiply(T1, a, T1); // 9
  multiply(T3, T0, T1); // 11
  square(T0, T3); // 22
  multiply(T0, T1, T0); // 2^5 − 1
  squareOften(T1, T0, 5);
  multiply(T0, T1, T0); // 2^10 − 1
  squareOften(T1, T0, 10);
  multiply(T1, T1, T0); // 2^20 − 1
  squareOften(T2, T1, 20);
  multiply(T1, T2, T1); // 2^40 − 1
  squareOften(T1, T1, 10);
  multiply(T0, T1, T0); // 2^50 − 1
  squareOften(T1, T0, 50);
  multiply(T1, T1, T0); // 2^100 − 1
  squareOften(T2, T1, 100);
  multiply(T1, T2, T1); // 2^200 − 1
  squareOften(T1, T1, 50);
  multiply(T0, T1, T0); // 2^250 − 1
  copy(T1, T3);
}

/** a^(p − 2) = a^(2^255 − 21): the inverse, 0 of 0. */
export function invert(to: usize, a: usize): void {
  climbTo250(a);
  squareOften(T0, T0, 5);
  multiply(to, T0, T1);
}

/** a^((p − 5)/8) = a^(2^252 − 3): what a square root needs (RFC 8032 §5.1.3). */
export function powerForRoot(to: usize, a: usize): void {
  copy(INPUT, a);
  climbTo250(a);
  squareOften(T0, T0, 2);
  multiply(to, T0, INPUT);
}
