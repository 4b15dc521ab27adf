// Exponents: integers modulo the group's prime order q, written as decimal text. Arithmetic is noble's field modulo q.

import { type IField, Field } from '@noble/curves/abstract/modular.js';
import type { Group } from './group.ts';

const DECIMAL = /^(?:0|[1-9][0-9]{0,77})$/;
/** 128 bits more than q has: the remainder is as good as uniform. */
const DRAWN_BYTES = 48;

const fields = new Map<bigint, IField<bigint>>();

/** The field of the integers modulo q. */
export function scalarsOf({ order }: Pick<Group, 'order'>): IField<bigint> {
  const field = fields.get(order) ?? Field(order);
  fields.set(order, field);
  return field;
}

/** A scalar from its canonical decimal text: no sign, no leading zero, below q. Undefined for anything else. */
export function parseScalar({ order }: Group, text: unknown): bigint | undefined {
  if (typeof text !== 'string' || !DECIMAL.test(text)) return undefined;
  const scalar = BigInt(text);
  return scalar < order ? scalar : undefined;
}

/** A secret scalar, uniform from 1 to q − 1, from WebCrypto's generator. */
export function randomScalar({ order }: Pick<Group, 'order'>): bigint {
  const drawn = crypto.getRandomValues(new Uint8Array(DRAWN_BYTES));
  return (integerOf(drawn) % (order - 1n)) + 1n;
}

/** Big-endian bytes as an integer. */
export function integerOf(bytes: Uint8Array): bigint {
  return BigInt(`0x${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`);
}
