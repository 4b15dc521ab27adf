// The receipt of a ballot: what a voter keeps and looks up after the close. Specification: "Receipt".

import { sha256Bytes, utf8 } from './encoding/bytes.ts';
import { encodeCrockford, inGroups, parseCrockford } from './encoding/crockford.ts';

const RECEIPT_BYTES = 20;
const RECEIPT_CHARACTERS = 32;

/**
 * Receipt of a ballot: the first 20 bytes of SHA-256 of its UTF-8 bytes, five bits a character, most significant first.
 * 32 characters of 0-9A-Z without I, L, O, U, without separators (160 bits).
 */
export function receiptOf(ballot: string): string {
  return encodeCrockford(sha256Bytes(utf8(ballot)).slice(0, RECEIPT_BYTES));
}

/** A receipt as a person types it: spaces, dashes and lower case allowed, O read as 0, I and L as 1. */
export function parseReceipt(
  typed: unknown,
): { readonly ok: true; readonly receipt: string } | { readonly ok: false; readonly reason: 'malformed-receipt' } {
  const receipt = parseCrockford(typed, RECEIPT_CHARACTERS);
  return receipt === undefined ? { ok: false, reason: 'malformed-receipt' } : { ok: true, receipt };
}

/** A receipt for eyes: eight groups of four characters separated by a space. */
export function formatReceipt(receipt: string): string {
  return inGroups(receipt, 4, ' ');
}
