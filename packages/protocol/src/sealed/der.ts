// The little of DER (ITU-T X.690 §8, §10) that keys need: a writer, and a reader that takes nothing but DER.
// Imported by public-key.ts, private-key.ts and key-envelope.ts only.

import { concatBytes } from '@noble/hashes/utils.js';
import type { Bytes } from '../encoding/bytes.ts';

/** Tags of the types that occur in RSA keys and in PBES2. */
export const TAG = {
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  sequence: 0x30,
} as const;

type Tag = (typeof TAG)[keyof typeof TAG];

/** One element: its tag and its content, without the length. */
export interface DerElement {
  readonly tag: number;
  readonly content: Bytes;
}

/** One element: tag, shortest definite length (X.690 §10.1), the contents in order. */
export function writeDer(tag: Tag, ...contents: readonly Bytes[]): Bytes {
  const content = concatBytes(...contents);
  return concatBytes(Uint8Array.of(tag), writeLength(content.length), content);
}

/** A non-negative INTEGER from its magnitude, big-endian (X.690 §8.3: shortest form, a zero byte before a set top bit). */
export function writeUnsigned(magnitude: Bytes): Bytes {
  const start = magnitude.findIndex((byte) => byte !== 0);
  const shortest = start === -1 ? Uint8Array.of(0) : magnitude.slice(start);
  return writeDer(TAG.integer, shortest[0]! >= 0x80 ? Uint8Array.of(0) : new Uint8Array(), shortest);
}

/** The magnitude of a whole number below 2^48, big-endian, six bytes. */
export function magnitudeOf(number: number): Bytes {
  return Uint8Array.from({ length: 6 }, (_, i) => Math.floor(number / 2 ** (8 * (5 - i))) % 256);
}

/** The elements that fill `bytes` exactly, undefined unless each is DER: single-byte tag, shortest length, nothing left. */
export function readElements(bytes: Bytes): readonly DerElement[] | undefined {
  const elements: DerElement[] = [];
  let at = 0;
  while (at < bytes.length) {
    const header = readHeader(bytes, at);
    if (header === undefined || header.end > bytes.length) return undefined;
    elements.push({ tag: bytes[at]!, content: bytes.slice(header.start, header.end) });
    at = header.end;
  }
  return elements;
}

/** The one element that fills `bytes` exactly, undefined otherwise. */
export function readOnly(bytes: Bytes): DerElement | undefined {
  const elements = readElements(bytes);
  return elements?.length === 1 ? elements[0] : undefined;
}

/** The children of an element that must be a SEQUENCE, undefined otherwise. */
export function readSequence(element: DerElement | undefined): readonly DerElement[] | undefined {
  return element?.tag === TAG.sequence ? readElements(element.content) : undefined;
}

/** The magnitude of a non-negative INTEGER, without leading zero (zero itself is one zero byte), undefined otherwise. */
export function readUnsigned(element: DerElement | undefined): Bytes | undefined {
  if (element?.tag !== TAG.integer) return undefined;
  const [first, second] = element.content;
  if (first === undefined || first >= 0x80) return undefined;
  if (first !== 0 || second === undefined) return element.content;
  return second >= 0x80 ? element.content.slice(1) : undefined;
}

/** A magnitude as a number, undefined above 2^48 − 1. */
export function smallNumber(magnitude: Bytes | undefined): number | undefined {
  if (magnitude === undefined || magnitude.length > 6) return undefined;
  return magnitude.reduce((number, byte) => number * 256 + byte, 0);
}

function writeLength(length: number): Bytes {
  if (length < 0x80) return Uint8Array.of(length);
  const digits = magnitudeOf(length);
  const shortest = digits.slice(digits.findIndex((byte) => byte !== 0));
  return Uint8Array.of(0x80 | shortest.length, ...shortest);
}

function readHeader(bytes: Bytes, at: number): { readonly start: number; readonly end: number } | undefined {
  const tag = bytes[at]!;
  const first = bytes[at + 1];
  if ((tag & 0x1f) === 0x1f || first === undefined || first === 0x80 || first > 0x84) return undefined;
  if (first < 0x80) return { start: at + 2, end: at + 2 + first };
  const start = at + 2 + (first & 0x7f);
  const digits = bytes.slice(at + 2, start);
  const length = smallNumber(digits)!;
  // A longer form than needed, or digits cut off: another encoding of the same element, which DER forbids.
  if (digits.length !== (first & 0x7f) || digits[0] === 0 || length < 0x80) return undefined;
  return { start, end: start + length };
}
