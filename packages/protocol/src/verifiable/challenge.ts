// H: the challenge of every proof of the Belenios specification, and strings made of several parts. Byte-exact.

import { sha256 } from '@noble/hashes/sha2.js';
import { utf8 } from '../encoding/bytes.ts';
import type { Group } from './group.ts';
import { integerOf } from './scalar.ts';

/** H(s): SHA-256 of the UTF-8 bytes as a big-endian integer, modulo q. */
export function challengeOf({ order }: Group, text: string): bigint {
  return integerOf(sha256(utf8(text))) % order;
}

/** The prefix of every proof in a ballot: S0 = φ|public credential. */
export function ballotPrefix(fingerprint: string, credential: string): string {
  return `${fingerprint}|${credential}`;
}
