// Polynomials over Z_q and in the exponent: what a threshold key is made of (T. P. Pedersen 1991).

import { type Element, type Group, product } from './group.ts';
import { scalarsOf } from './scalar.ts';

/** f(x) = a_0 + a_1·x + … (Horner). */
export function evaluate(group: Group, coefficients: readonly bigint[], x: number): bigint {
  const scalars = scalarsOf(group);
  return coefficients.reduceRight((sum, a) => scalars.add(scalars.mul(sum, BigInt(x)), a), 0n);
}

/** g^f(x) = Π_k A_k^(x^k), from the public A_k = g^a_k. */
export function evaluateInExponent(group: Group, coefficients: readonly Element[], x: number): Element {
  const scalars = scalarsOf(group);
  let power = 1n;
  const factors = coefficients.map((coefficient) => {
    const factor = group.publicPower(coefficient, power);
    power = scalars.mul(power, BigInt(x));
    return factor;
  });
  return product(group, factors);
}

/** λ_δ = Π_{k ≠ δ} k / (k − δ): Lagrange's coefficients at 0 for members numbered from 1. */
export function lagrangeCoefficient(group: Group, members: readonly number[], delta: number): bigint {
  const scalars = scalarsOf(group);
  return members
    .filter((k) => k !== delta)
    .reduce(
      (total, k) => scalars.mul(total, scalars.mul(BigInt(k), scalars.inv(scalars.create(BigInt(k - delta))))),
      1n,
    );
}
