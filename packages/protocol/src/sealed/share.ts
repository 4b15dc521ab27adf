// One holder's share of a split passphrase, as it stands on their sheet. Specification: "Split passphrase".
// It names its own place, so that a mistyped, foreign or second one is told from a right one before any are combined.

import { type Bytes, sha256Bytes, sha256Hex, utf8 } from '../encoding/bytes.ts';
import { decodeCrockford, encodeCrockford, inGroups, parseCrockford } from '../encoding/crockford.ts';

/** How many may hold shares; at least two are needed to open, and at most all. */
export const SHARE_HOLDERS = { fewest: 2, most: 10 } as const;

/** What a share says about itself. */
export interface Share {
  /** Its text: 40 Crockford characters in ten groups of four joined by "-". */
  readonly text: string;
  /** Which of the holders, counted from 1. */
  readonly index: number;
  /** How many holders there are, and how many shares it takes to open. */
  readonly holders: number;
  readonly needed: number;
  /** The first four hexadecimal digits of the key's fingerprint. */
  readonly keyMark: string;
  /** The point on the polynomials: 18 bytes of values, then one of where. */
  readonly point: Bytes;
}

/** Why a text is no share: not 40 such characters; they don't fit together (mistyped); or another version than this. */
export type ShareProblem = 'malformed-share' | 'mistyped-share' | 'unsupported-share';

const VERSION = 1;
const CHARACTERS = 40;
const POINT_BYTES = 19;
const CHECKED_BYTES = 2 + POINT_BYTES + 2;

/** The first two bytes of SHA-256 of what stands before them. */
function checksum(bytes: Bytes): Bytes {
  return sha256Bytes(bytes).slice(0, 2);
}

/** The text of a share. `fingerprint` in hexadecimal. */
export function encodeShare(o: Omit<Share, 'text' | 'keyMark'> & { readonly fingerprint: string }): string {
  const mark = [o.fingerprint.slice(0, 2), o.fingerprint.slice(2, 4)].map((digits) => Number.parseInt(digits, 16));
  const said = Uint8Array.of((VERSION << 4) | o.index, (o.needed << 4) | o.holders, ...o.point, ...mark);
  return inGroups(encodeCrockford(Uint8Array.of(...said, ...checksum(said))), 4, '-');
}

/** A share as a person types it: white space, dashes, lower case, O for 0, I and L for 1. */
export function parseShare(
  typed: unknown,
): { readonly ok: true; readonly share: Share } | { readonly ok: false; readonly reason: ShareProblem } {
  const characters = parseCrockford(typed, CHARACTERS);
  if (characters === undefined) return { ok: false, reason: 'malformed-share' };
  const bytes = decodeCrockford(characters);
  const said = bytes.slice(0, CHECKED_BYTES);
  const [first, second] = checksum(said);
  if (bytes[CHECKED_BYTES] !== first || bytes[CHECKED_BYTES + 1] !== second)
    return { ok: false, reason: 'mistyped-share' };
  const share = readShare(inGroups(characters, 4, '-'), said);
  return share === undefined ? { ok: false, reason: 'unsupported-share' } : { ok: true, share };
}

function readShare(text: string, said: Bytes): Share | undefined {
  const [version, index] = [said[0]! >>> 4, said[0]! & 15];
  const [needed, holders] = [said[1]! >>> 4, said[1]! & 15];
  const point = said.slice(2, 2 + POINT_BYTES);
  const isWithin = isSplit(holders, needed) && index >= 1 && index <= holders && point[POINT_BYTES - 1] !== 0;
  if (version !== VERSION || !isWithin) return undefined;
  const keyMark = Array.from(said.slice(2 + POINT_BYTES), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return { text, index, holders, needed, keyMark, point };
}

/** Whether a passphrase may be split among so many holders, so many of whom open: 2 ≤ needed ≤ holders ≤ 10. */
export function isSplit(holders: number, needed: number): boolean {
  if (!Number.isInteger(holders) || !Number.isInteger(needed)) return false;
  return SHARE_HOLDERS.fewest <= needed && needed <= holders && holders <= SHARE_HOLDERS.most;
}

/** SHA-256 of a share's text, hexadecimal: kept by the server, so that a wrong share is named. It tells nothing of the share. */
export function shareHash(text: string): string {
  return sha256Hex(utf8(text));
}
