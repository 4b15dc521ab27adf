// The seed of a member of a threshold group, from which all its keys follow. The one thing it must keep. Specification: "Threshold
// key".

import { sha256Hex, utf8 } from '../encoding/bytes.ts';
import { isBase58, randomBase58 } from './base58.ts';
import type { Element, Group } from './group.ts';

const SEED_CHARACTERS = 22;

/** A member's keys, all from one seed that the member keeps. */
export interface MemberKeys {
  readonly signing: bigint;
  readonly decryption: bigint;
  readonly verification: Element;
  readonly encryption: Element;
}

/** 22 random characters of base 58 (128 bits). */
export function makeSeed(): string {
  return randomBase58(SEED_CHARACTERS);
}

/** Whether a text has the form of makeSeed's. */
export function isSeed(text: string): boolean {
  return isBase58(text, SEED_CHARACTERS);
}

/** Signing and decryption key are SHA-256("sk|seed") and SHA-256("dk|seed"), modulo q. */
export function keysOfSeed(group: Group, seed: string): MemberKeys {
  const [signing, decryption] = ['sk', 'dk'].map(
    (use) => BigInt(`0x${sha256Hex(utf8(`${use}|${seed}`))}`) % group.order,
  ) as [bigint, bigint];
  const verification = group.power(group.generator, signing);
  return { signing, decryption, verification, encryption: group.power(group.generator, decryption) };
}
