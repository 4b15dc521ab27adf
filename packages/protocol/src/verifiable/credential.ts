// A voter's secret credential: 22 characters of base 58 (128 bits), as XXXXX-XXXXXX-XXXXX-XXXXXX. Specification: "Credentials".

import { sha256Hex, utf8 } from '../encoding/bytes.ts';
import { isBase58, randomBase58 } from './base58.ts';
import { type Group, textOf } from './group.ts';

const GROUPS = [5, 6, 5, 6];
const CHARACTERS = 22;
const TYPED_LIMIT = 200;

/** A new secret credential. */
export function makeCredential(): string {
  return grouped(randomBase58(CHARACTERS));
}

/** A credential as a person types or pastes it: white space and dashes anywhere. Capitals matter. Undefined for anything else. */
export function parseCredential(typed: unknown): string | undefined {
  if (typeof typed !== 'string' || typed.length > TYPED_LIMIT) return undefined;
  const characters = typed.replace(/[\s\p{Dash_Punctuation}\u2212]/gu, '');
  return isBase58(characters, CHARACTERS) ? grouped(characters) : undefined;
}

/** x of a credential in the election `uuid`: both digests of derive_credential|uuid|i|c as one number of 512 bits, modulo q. */
export function credentialSecret({ order }: Group, uuid: string, credential: string): bigint {
  const digests = [0, 1].map((i) => sha256Hex(utf8(`derive_credential|${uuid}|${i}|${credential}`)));
  return BigInt(`0x${digests.join('')}`) % order;
}

/** The text of g^x, which the election lists. */
export function publicCredential(group: Group, uuid: string, credential: string): string {
  return textOf(group, group.power(group.generator, credentialSecret(group, uuid, credential)));
}

function grouped(characters: string): string {
  let at = 0;
  return GROUPS.map((size) => characters.slice(at, (at += size))).join('-');
}
