// Exponential ElGamal: (α, β) = (g^r, y^r·g^m). Products of ciphertexts encrypt sums. Specification: "Ciphertexts".

import type { Element, Group } from './group.ts';
import { type Unknowns, readObject } from './reading.ts';

/** A ciphertext; `text` is "α,β", as the challenges of proofs hash it. */
export interface Ciphertext {
  readonly alpha: Element;
  readonly beta: Element;
  readonly text: string;
}

/** A ciphertext as JSON has it. */
export interface EncodedCiphertext {
  readonly alpha: string;
  readonly beta: string;
}

/** Undefined unless both are elements of the group; the identity is one. */
export function parseCiphertext(group: Group, value: unknown, unknowns: Unknowns): Ciphertext | undefined {
  const object = readObject(value, { what: 'ciphertext', members: ['alpha', 'beta'] }, unknowns);
  const alpha = group.parse(object?.['alpha']);
  const beta = group.parse(object?.['beta']);
  if (alpha === undefined || beta === undefined) return undefined;
  return { alpha, beta, text: `${object!['alpha'] as string},${object!['beta'] as string}` };
}

/** What parseCiphertext reads. */
export function encodeCiphertext({ text }: Ciphertext): EncodedCiphertext {
  const [alpha = '', beta = ''] = text.split(',');
  return { alpha, beta };
}

/** The ciphertext of two elements, with its text. */
export function ciphertextOf(group: Group, alpha: Element, beta: Element): Ciphertext {
  return { alpha, beta, text: group.texts([alpha, beta]).join(',') };
}

/** Encrypts m with the randomness r under the key y. */
export function encrypt(group: Group, key: Element, o: { readonly m: number; readonly r: bigint }): Ciphertext {
  const alpha = group.power(group.generator, o.r);
  return ciphertextOf(group, alpha, group.power(key, o.r).times(group.power(group.generator, BigInt(o.m))));
}

/** The pointwise product Π c^weight: a ciphertext of the weighted sum. */
export function weightedProduct(
  group: Group,
  factors: readonly { readonly ciphertext: Pick<Ciphertext, 'alpha' | 'beta'>; readonly weight: number }[],
): { readonly alpha: Element; readonly beta: Element } {
  const raise = (element: Element, weight: number) =>
    weight === 1 ? element : group.publicPower(element.forgetful(), BigInt(weight));
  let { identity: alpha, identity: beta } = group;
  for (const { ciphertext, weight } of factors) {
    alpha = alpha.times(raise(ciphertext.alpha, weight));
    beta = beta.times(raise(ciphertext.beta, weight));
  }
  return { alpha, beta };
}
