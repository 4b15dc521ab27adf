// Byte strings: UTF-8 (RFC 3629), hexadecimal, SHA-256 (FIPS 180-4). Imported by everything in this package, public to none.

import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

/** Bytes in a buffer of their own, the kind WebCrypto accepts. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** The UTF-8 bytes of a text. */
export function utf8(text: string): Bytes {
  return new TextEncoder().encode(text);
}

/** The text of UTF-8 bytes, undefined when they are not well-formed UTF-8. A byte order mark is kept as a character. */
export function parseUtf8(bytes: Bytes): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** SHA-256 of bytes, 32 bytes. */
export function sha256Bytes(bytes: Bytes): Bytes {
  return sha256(bytes);
}

/** SHA-256 of bytes as 64 lower-case hexadecimal digits. */
export function sha256Hex(bytes: Bytes): string {
  return bytesToHex(sha256(bytes));
}

/** Whether two byte strings are equal. For public data only: it stops at the first difference. */
export function isEqualBytes(a: Bytes, b: Bytes): boolean {
  return compareBytes(a, b) === 0;
}

/** Order of two byte strings as big-endian numbers of equal length (a shorter one comes first): negative, 0 or positive. */
export function compareBytes(a: Bytes, b: Bytes): number {
  if (a.length !== b.length) return a.length - b.length;
  for (let i = 0; i < a.length; i += 1) {
    const difference = a[i]! - b[i]!;
    if (difference !== 0) return difference;
  }
  return 0;
}
