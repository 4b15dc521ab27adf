// Canonical base64 and base64url (RFC 4648 §4, §5). Strict: a text is accepted when it is exactly what its bytes encode to,
// so that no two texts stand for the same bytes (white space, padding, trailing bits).

import { decode, encode } from 'jose/base64url';
import type { Bytes } from './bytes.ts';

/** Number of base64url characters, unpadded, that `length` bytes take: ⌈4·length / 3⌉. */
export function base64urlLength(length: number): number {
  return Math.ceil((4 * length) / 3);
}

/** Unpadded base64url of bytes (RFC 7515 §2). */
export function encodeBase64url(bytes: Bytes): string {
  return encode(bytes);
}

const ALPHABET = /^[A-Za-z0-9_-]*$/;
/** The last characters whose low bits, which belong to no byte, are zero: of a rest of two characters four, of three two. */
const LAST = { 2: 'AQgw', 3: 'AEIMQUYcgkosw048' } as const;

/** Whether a text is canonical unpadded base64url: of the alphabet, of a possible length, without trailing bits (§3.5). */
export function isBase64url(text: string): boolean {
  if (!ALPHABET.test(text)) return false;
  const rest = text.length % 4;
  return rest === 0 || (rest !== 1 && LAST[rest as 2 | 3].includes(text.at(-1)!));
}

/** The bytes of canonical unpadded base64url, undefined for anything else. */
export function decodeBase64url(text: string): Bytes | undefined {
  return isBase64url(text) ? new Uint8Array(decode(text)) : undefined;
}

/** Padded standard base64 of bytes, on one line. */
export function encodeBase64(bytes: Bytes): string {
  const unpadded = encode(bytes).replaceAll('-', '+').replaceAll('_', '/');
  return unpadded.padEnd(Math.ceil(unpadded.length / 4) * 4, '=');
}

/** The bytes of canonical padded standard base64, undefined for anything else. */
export function decodeBase64(text: string): Bytes | undefined {
  const bytes = decodeBase64url(
    text
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replace(/={1,2}$/, ''),
  );
  return bytes !== undefined && encodeBase64(bytes) === text ? bytes : undefined;
}
