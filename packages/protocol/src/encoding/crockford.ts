// Base 32 for humans: 0-9 and A-Z without I, L, O, U (Douglas Crockford's alphabet), without check symbol or padding.
// Receipts and passphrases are written in it; what a person types back is read tolerantly.

import type { Bytes } from './bytes.ts';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const TYPED_LIMIT = 200;

/** The bits of `bytes` in groups of five, most significant first, one character each. The number of bits is a multiple of 5. */
export function encodeCrockford(bytes: Bytes): string {
  let text = '';
  let value = 0;
  let bits = 0;
  for (const byte of bytes) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += ALPHABET[(value >>> bits) & 31]!;
    }
    value &= (1 << bits) - 1;
  }
  return text;
}

/** The bytes of a text of this alphabet whose bits are a multiple of eight: what encodeCrockford was given. */
export function decodeCrockford(text: string): Bytes {
  const bytes = new Uint8Array((text.length * 5) / 8);
  let value = 0;
  let bits = 0;
  let length = 0;
  for (const character of text) {
    value = (value << 5) | ALPHABET.indexOf(character);
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes[length++] = value >>> bits;
    value &= (1 << bits) - 1;
  }
  return bytes;
}

/** `length` characters drawn uniformly: 256 is a multiple of 32, so the low five bits of a random byte have no bias. */
export function randomCrockford(length: number): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(length)), (byte) => ALPHABET[byte & 31]!).join('');
}

/**
 * What a person typed, as exactly `length` characters of the alphabet: white space and dashes dropped, capitals,
 * O read as 0, I and L as 1. Undefined for anything else.
 */
export function parseCrockford(typed: unknown, length: number): string | undefined {
  if (typeof typed !== 'string' || typed.length > TYPED_LIMIT) return undefined;
  const text = typed
    .replace(/[\s\p{Dash_Punctuation}\u2212]/gu, '')
    .replace(/[a-z]/g, (letter) => letter.toUpperCase())
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  return text.length === length && /^[0-9A-HJKMNP-TV-Z]*$/.test(text) ? text : undefined;
}

/** The text in groups of `size` characters with a separator between them. */
export function inGroups(text: string, size: number, separator: string): string {
  return text.match(new RegExp(`.{1,${size}}`, 'g'))?.join(separator) ?? '';
}
