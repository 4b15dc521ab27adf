// The group BELENIOS-2048: the subgroup of order q (256 bits) of the integers modulo p (2048 bits). For conformance and
// rehearsals only: BigInt takes a time that depends on its numbers, so every secret exponent is blinded by a random
// multiple of q. Parameters: Belenios specification 3.0 §5.1.1. An element's text is decimal.

import { Field, pow } from '@noble/curves/abstract/modular.js';
import { assert } from '../assert.ts';
import type { Element, Group } from './group.ts';
import { type Multiplication, climb, ladderOf } from './ladder.ts';
import { integerOf } from './scalar.ts';

/** p. */
export const BELENIOS_2048_MODULUS = BigInt(
  [
    '2069478569142254640101364365750500806492298929575110409710088478705737421924271740192223725449768433',
    '8129066633138078958404960054389636289796393038773905722803605973749427671376777618898589872735865049',
    '0811670993105358677809800307904916540637771737641986785272734744763418356000356983051931442845617019',
    '1100078673730733356412397173289791324047457883446826065232797464795113767265869358218004631792207366',
    '8860052627186363386088796882120769432366149491002923444346373222145884100586421050242120365433561201',
    '3204811188524087310770141516662001623131771693721892480785077118278423174980732765988288251691831031',
    '25680162072880719',
  ].join(''),
);
const G = BigInt(
  [
    '2402352677501852209227687703532399932712287657378364916510075318787663274146353219320285676155269678',
    '7996946682987493890950838965734256019006010684771644917354741372831046104586813145117816467554005274',
    '0288984613986453266121505579709716201616827031288643245666383486363578210615491841998253431518974065',
    '8186868651151358576410138882215396016043228843603930989333662772848406593138406010231675095763777982',
    '6651036068224066350766977640253462537730851331734951942489677540525736590494924776314759915751987751',
    '7771148149092045660020547812705472823814097251863985833411570056835369555342378147558249189605029668',
    '0037745308460627',
  ].join(''),
);
const Q = 78571733251071885079927659812671450121821421258408794611510081919805623223441n;

const P = BELENIOS_2048_MODULUS;
const ORDER_BITS = 256;
const BLIND_BYTES = 8;
const BLINDED_BITS = ORDER_BITS + 8 * BLIND_BYTES;
const WINDOW_BITS = 6;
const DECIMAL = /^[1-9][0-9]{0,616}$/;

const numbers = Field(P);

const NUMBERS: Multiplication<bigint> = {
  identity: 1n,
  times: (a, b) => (a * b) % P,
  square: (a) => (a * a) % P,
};

class FieldElement implements Element {
  readonly value: bigint;
  #ladder: readonly bigint[] | undefined;
  #table: readonly (readonly bigint[])[] | undefined;

  constructor(value: bigint, table?: readonly (readonly bigint[])[]) {
    this.value = value;
    this.#table = table;
  }

  get isIdentity(): boolean {
    return this.value === 1n;
  }

  times(other: FieldElement): FieldElement {
    return new FieldElement((this.value * other.value) % P);
  }

  inverse(): FieldElement {
    return new FieldElement(numbers.inv(this.value));
  }

  equals(other: FieldElement): boolean {
    return this.value === other.value;
  }

  forgetful(): FieldElement {
    return new FieldElement(this.value);
  }

  climb(exponent: bigint): bigint {
    this.#ladder ??= ladderOf(NUMBERS, this.value, ORDER_BITS);
    return climb(NUMBERS, this.#ladder, exponent);
  }

  /** The product of one entry of each window, if there is a table. */
  lookUp(exponent: bigint): bigint | undefined {
    return this.#table?.reduce((total, window, index) => {
      const digit = Number((exponent >> BigInt(index * WINDOW_BITS)) & ((1n << BigInt(WINDOW_BITS)) - 1n));
      return (total * window[digit]!) % P;
    }, 1n);
  }
}

/** For each window of six bits of a blinded exponent, the powers for its 64 digits. */
function tableOf(base: bigint): readonly (readonly bigint[])[] {
  let unit = base;
  return Array.from({ length: Math.ceil(BLINDED_BITS / WINDOW_BITS) }, () => {
    const window = [1n];
    for (let digit = 1; digit < 2 ** WINDOW_BITS; digit += 1) window.push((window.at(-1)! * unit) % P);
    unit = (window.at(-1)! * unit) % P;
    return window;
  });
}

const identity = new FieldElement(1n);

/** A canonical decimal number from 1 to p − 1 whose q-th power is 1. */
function parse(text: unknown): Element | undefined {
  if (typeof text !== 'string' || !DECIMAL.test(text)) return undefined;
  const value = BigInt(text);
  if (value >= P) return undefined;
  const element = new FieldElement(value);
  return element.climb(Q) === 1n ? element : undefined;
}

/** base^(exponent + b·q) with a fresh b of 64 bits: q is the base's order, so the power is the same. */
function power(base: FieldElement, exponent: bigint): Element {
  const blinded = exponent + integerOf(crypto.getRandomValues(new Uint8Array(BLIND_BYTES))) * Q;
  return new FieldElement(base.lookUp(blinded) ?? pow(base.value, blinded, P));
}

function publicPower(base: FieldElement, exponent: bigint): Element {
  assert(exponent >= 0n && exponent < Q, 'an exponent is reduced');
  return new FieldElement(base.lookUp(exponent) ?? base.climb(exponent));
}

let generator: FieldElement | undefined;

/** Not for elections: what hides a secret exponent's time here is its blinding alone. */
export const belenios2048Group: Group = {
  name: 'BELENIOS-2048',
  order: Q,
  /** Prepared when first used: an election in the other group needs no table. */
  get generator() {
    generator ??= new FieldElement(G, tableOf(G));
    return generator;
  },
  identity,
  parse,
  texts: (elements: readonly FieldElement[]) => elements.map(({ value }) => value.toString()),
  compare: (a: FieldElement, b: FieldElement) => (a.value < b.value ? -1 : Number(a.value > b.value)),
  prepare: ({ value }: FieldElement) => new FieldElement(value, tableOf(value)),
  power,
  publicPower,
};
