// The group Ed25519 for whoever checks: the same elements and texts as ed25519.ts, by the kernel, some ten to fifty times as
// fast, in a time that depends on the numbers. Where the kernel can't run it is noble that checks. Secret exponents go to noble always.

import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { assert } from '../assert.ts';
import { compareBytes } from '../encoding/bytes.ts';
import { ed25519Group } from './ed25519.ts';
import { type Element, type Group, textOf } from './group.ts';
import { findGroup } from './groups.ts';
import { type Coordinates, type Kernel, openKernel } from './kernel.ts';

/** The group an election names, for checking it; undefined for one that this version does not know. */
export function findVerifyingGroup(name: unknown): Group | undefined {
  if (name !== ed25519Group.name) return findGroup(name);
  const kernel = openKernel();
  if (kernel === undefined) return ed25519Group;
  group ??= groupOn(kernel);
  return group;
}

let group: Group | undefined;

const TEXT = /^[0-9a-f]{64}$/;
/** Exponents below this, such as weights, are raised without tables. */
const SMALL = 1n << 24n;

class PublicElement implements Element {
  readonly kernel: Kernel;
  readonly point: Coordinates;
  /** Whether a table is worth its room. */
  readonly isPrepared: boolean;

  constructor(kernel: Kernel, point: Coordinates, isPrepared = false) {
    this.kernel = kernel;
    this.point = point;
    this.isPrepared = isPrepared;
  }

  get isIdentity(): boolean {
    return this.kernel.isIdentity(this.point);
  }

  times(other: PublicElement): PublicElement {
    return new PublicElement(this.kernel, this.kernel.add(this.point, other.point));
  }

  inverse(): PublicElement {
    return new PublicElement(this.kernel, this.kernel.negate(this.point));
  }

  equals(other: PublicElement): boolean {
    return this.kernel.areEqual(this.point, other.point);
  }

  /** What is remembered lies in the kernel's slots, which take no more room however many elements are kept. */
  forgetful(): PublicElement {
    return this;
  }
}

function groupOn(kernel: Kernel): Group {
  const { order } = ed25519Group;
  const decode = (text: string) => kernel.decode(hexToBytes(text).toReversed());
  const elementOf = (text: string) => new PublicElement(kernel, decode(text)!);
  const identity = elementOf(textOf(ed25519Group, ed25519Group.identity));

  function parse(text: unknown): Element | undefined {
    if (typeof text !== 'string' || !TEXT.test(text)) return undefined;
    const point = decode(text);
    if (point === undefined || !kernel.isIdentity(kernel.climb(point, order))) return undefined;
    return new PublicElement(kernel, point);
  }

  function publicPower({ point, isPrepared }: PublicElement, exponent: bigint): Element {
    assert(exponent >= 0n && exponent < order, 'an exponent is reduced');
    if (isPrepared) return new PublicElement(kernel, kernel.lookUp(point, exponent));
    const raised = exponent < SMALL ? doubleAndAdd(point, exponent) : kernel.climb(point, exponent);
    return new PublicElement(kernel, raised);
  }

  function doubleAndAdd(point: Coordinates, exponent: bigint): Coordinates {
    let { point: raised } = identity;
    for (const bit of exponent.toString(2)) {
      raised = kernel.double(raised);
      if (bit === '1') raised = kernel.add(raised, point);
    }
    return raised;
  }

  const texts = (elements: readonly PublicElement[]): string[] =>
    kernel.encode(elements.map(({ point }) => point)).map((bytes) => bytesToHex(bytes.toReversed()));

  return {
    name: ed25519Group.name,
    order,
    generator: new PublicElement(kernel, elementOf(textOf(ed25519Group, ed25519Group.generator)).point, true),
    identity,
    parse,
    texts,
    compare: (a: PublicElement, b: PublicElement) => {
      const [left, right] = kernel.encode([a.point, b.point]);
      return compareBytes(left!, right!);
    },
    prepare: ({ point }: PublicElement) => new PublicElement(kernel, point, true),
    power: (base: PublicElement, exponent: bigint) => {
      const [text] = texts([base]);
      return elementOf(textOf(ed25519Group, ed25519Group.power(ed25519Group.parse(text)!, exponent)));
    },
    publicPower,
  };
}
