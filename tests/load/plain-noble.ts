// The group Ed25519 by @noble/curves as its manual shows it: no tables, no shared doublings, each element encoded by itself.
// The reference for verification; nothing of the product uses it.

import { ed25519 } from '@noble/curves/ed25519.js';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import type { Element, Group } from '../../packages/protocol/src/verifiable/group.ts';

const { Point } = ed25519;
type Point = (typeof Point)['BASE'];

class Plain implements Element {
  readonly point: Point;
  constructor(point: Point) {
    this.point = point;
  }
  get isIdentity(): boolean {
    return this.point.is0();
  }
  times(other: Plain): Plain {
    return new Plain(this.point.add(other.point));
  }
  inverse(): Plain {
    return new Plain(this.point.negate());
  }
  equals(other: Plain): boolean {
    return this.point.equals(other.point);
  }
  forgetful(): Plain {
    return this;
  }
}

const text = ({ point }: Plain): string => bytesToHex(point.toBytes().toReversed());

function parse(given: unknown): Plain | undefined {
  try {
    const point = Point.fromBytes(hexToBytes(String(given)).toReversed());
    return point.isTorsionFree() ? new Plain(point) : undefined;
  } catch {
    return undefined;
  }
}

const power = ({ point }: Plain, exponent: bigint): Plain => new Plain(point.multiplyUnsafe(exponent));

export const plainNoble: Group = {
  name: 'Ed25519',
  order: Point.Fn.ORDER,
  generator: new Plain(Point.BASE),
  identity: new Plain(Point.ZERO),
  parse,
  texts: (elements: readonly Plain[]) => elements.map(text),
  compare: (a: Plain, b: Plain) => (text(a) < text(b) ? -1 : 1),
  prepare: (base) => base,
  power,
  publicPower: power,
};
