// The arithmetic of edwards25519 for verification, compiled from packages/protocol/kernel to WebAssembly: everything that comes here
// is public. This file divides its memory: places for points, and slots for the tables of the bases that were used last.

import { assert } from '../assert.ts';
import { decodeBase64 } from '../encoding/base64.ts';
import type { Bytes } from '../encoding/bytes.ts';
import { KERNEL } from './kernel-bytes.ts';

/** What the module exports; every number is an address. */
interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer; readonly grow: (pages: number) => void };
  roomStart(): number;
  pointBytes(): number;
  ladderBytes(): number;
  tableBytes(): number;
  addPoints(sum: number, a: number, b: number): void;
  doublePoint(to: number, a: number): void;
  negatePoint(to: number, a: number): void;
  isIdentity(a: number): number;
  areEqual(a: number, b: number): number;
  decode(to: number, bytes: number): number;
  encode(bytes: number, points: number, count: number, room: number): void;
  makeLadder(ladder: number, a: number): void;
  climb(to: number, ladder: number, scalar: number): void;
  makeTable(table: number, a: number): void;
  lookUp(to: number, table: number, scalar: number): void;
}

/** What is used of WebAssembly, which the platform may lack or a page's policy forbid. */
interface Platform {
  readonly WebAssembly: {
    readonly Module: new (bytes: Bytes) => object;
    readonly Instance: new (module: object) => { readonly exports: unknown };
  };
}

/** A point's coordinates, as the module keeps them. */
export type Coordinates = Int32Array<ArrayBuffer>;

const PAGE_BYTES = 65_536;
const SCALAR_BYTES = 32;
const ENCODED_BYTES = 32;
const FIELD_BYTES = 40;
/** Room behind a field of bytes: the module reads words of eight. */
const PADDING = 16;
/** How many points are encoded with one inversion. */
const BATCH = 128;
/** A ladder has 10 kB, a table 0.5 MB; a base whose slot was taken by another gets a new one. */
const LADDERS = 64;
const TABLES = 8;

/** One module with its memory. Points go in and out as coordinates; nothing of it may be shared between threads. */
export class Kernel {
  readonly #run: Exports;
  readonly #bytes: Uint8Array<ArrayBuffer>;
  readonly #words: Int32Array<ArrayBuffer>;
  readonly #limbs: number;
  readonly #in: number;
  readonly #a: number;
  readonly #b: number;
  readonly #out: number;
  readonly #points: number;
  readonly #encoded: number;
  readonly #room: number;
  readonly #ladders: Slots;
  readonly #tables: Slots;

  /** Throws where WebAssembly may not run. */
  constructor() {
    const { WebAssembly } = globalThis as unknown as Platform;
    this.#run = new WebAssembly.Instance(new WebAssembly.Module(decodeBase64(KERNEL)!)).exports as Exports;
    const { memory } = this.#run;
    const point = this.#run.pointBytes();
    let end = this.#run.roomStart();
    const take = (bytes: number): number => {
      const start = end;
      end += Math.ceil(bytes / PADDING) * PADDING;
      return start;
    };
    this.#in = take(SCALAR_BYTES + PADDING);
    [this.#a, this.#b, this.#out] = [take(point), take(point), take(point)];
    this.#points = take(BATCH * point);
    this.#encoded = take(BATCH * ENCODED_BYTES);
    this.#room = take(BATCH * FIELD_BYTES);
    const ladder = this.#run.ladderBytes();
    const table = this.#run.tableBytes();
    this.#ladders = new Slots(take(LADDERS * ladder), ladder, LADDERS);
    this.#tables = new Slots(take(TABLES * table), table, TABLES);
    memory.grow(Math.ceil((end - memory.buffer.byteLength) / PAGE_BYTES));
    // Never grown again: the views stay.
    this.#bytes = new Uint8Array(memory.buffer);
    this.#words = new Int32Array(memory.buffer);
    this.#limbs = point / Int32Array.BYTES_PER_ELEMENT;
  }

  add(a: Coordinates, b: Coordinates): Coordinates {
    this.#put(this.#a, a);
    this.#put(this.#b, b);
    this.#run.addPoints(this.#out, this.#a, this.#b);
    return this.#get(this.#out);
  }

  double(a: Coordinates): Coordinates {
    this.#put(this.#a, a);
    this.#run.doublePoint(this.#out, this.#a);
    return this.#get(this.#out);
  }

  negate(a: Coordinates): Coordinates {
    this.#put(this.#a, a);
    this.#run.negatePoint(this.#out, this.#a);
    return this.#get(this.#out);
  }

  isIdentity(a: Coordinates): boolean {
    this.#put(this.#a, a);
    return this.#run.isIdentity(this.#a) !== 0;
  }

  areEqual(a: Coordinates, b: Coordinates): boolean {
    this.#put(this.#a, a);
    this.#put(this.#b, b);
    return this.#run.areEqual(this.#a, this.#b) !== 0;
  }

  /** The point of 32 bytes (RFC 8032 §5.1.3), whatever its order; undefined for bytes that are none. */
  decode(bytes: Uint8Array): Coordinates | undefined {
    assert(bytes.length === ENCODED_BYTES, 'an encoded point has 32 bytes');
    this.#bytes.set(bytes, this.#in);
    return this.#run.decode(this.#out, this.#in) === 0 ? undefined : this.#get(this.#out);
  }

  /** 32 bytes of each point (RFC 8032 §5.1.2). */
  encode(points: readonly Coordinates[]): Bytes[] {
    const encoded: Bytes[] = [];
    for (let start = 0; start < points.length; start += BATCH) {
      const batch = points.slice(start, start + BATCH);
      for (const [at, point] of batch.entries()) this.#put(this.#points + at * point.byteLength, point);
      this.#run.encode(this.#encoded, this.#points, batch.length, this.#room);
      for (const at of batch.keys()) {
        const from = this.#encoded + at * ENCODED_BYTES;
        encoded.push(this.#bytes.slice(from, from + ENCODED_BYTES));
      }
    }
    return encoded;
  }

  /** scalar·base, 0 ≤ scalar < 2^253, with the doublings kept for the next scalar. */
  climb(base: Coordinates, scalar: bigint): Coordinates {
    const ladder = this.#ladders.of(base, (address) => {
      this.#put(this.#a, base);
      this.#run.makeLadder(address, this.#a);
    });
    this.#putScalar(scalar);
    this.#run.climb(this.#out, ladder, this.#in);
    return this.#get(this.#out);
  }

  /** The same from a table, which is large and pays for itself after some forty scalars. */
  lookUp(base: Coordinates, scalar: bigint): Coordinates {
    const table = this.#tables.of(base, (address) => {
      this.#put(this.#a, base);
      this.#run.makeTable(address, this.#a);
    });
    this.#putScalar(scalar);
    this.#run.lookUp(this.#out, table, this.#in);
    return this.#get(this.#out);
  }

  #put(address: number, point: Coordinates): void {
    this.#words.set(point, address / Int32Array.BYTES_PER_ELEMENT);
  }

  #get(address: number): Coordinates {
    const start = address / Int32Array.BYTES_PER_ELEMENT;
    return this.#words.slice(start, start + this.#limbs);
  }

  #putScalar(scalar: bigint): void {
    const view = new DataView(this.#bytes.buffer, this.#in, SCALAR_BYTES);
    for (let at = 0; at < SCALAR_BYTES; at += 8) {
      view.setBigUint64(at, BigInt.asUintN(64, scalar >> BigInt(8 * at)), true);
    }
  }
}

/** So many places for tables of one kind; the one that was made first makes room for a new one. */
class Slots {
  readonly #start: number;
  readonly #size: number;
  readonly #bases: (Coordinates | undefined)[];
  readonly #slots = new Map<Coordinates, number>();
  #next = 0;

  constructor(start: number, size: number, count: number) {
    this.#start = start;
    this.#size = size;
    this.#bases = Array.from({ length: count });
  }

  /** The address of a base's table; `make` writes it when it is not there. */
  of(base: Coordinates, make: (address: number) => void): number {
    const known = this.#slots.get(base);
    if (known !== undefined) return this.#start + known * this.#size;
    const slot = this.#next;
    this.#next = (slot + 1) % this.#bases.length;
    const before = this.#bases[slot];
    if (before !== undefined) this.#slots.delete(before);
    this.#bases[slot] = base;
    this.#slots.set(base, slot);
    const address = this.#start + slot * this.#size;
    make(address);
    return address;
  }
}

let kernel: Kernel | undefined | 'unavailable';

/** The kernel of this thread; undefined where WebAssembly may not run (a page's policy can forbid it). */
export function openKernel(): Kernel | undefined {
  if (kernel === undefined) {
    try {
      kernel = new Kernel();
    } catch {
      kernel = 'unavailable';
    }
  }
  return kernel === 'unavailable' ? undefined : kernel;
}
