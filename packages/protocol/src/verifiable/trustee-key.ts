// A trustee's public key with the proof that its secret is known: without it, a key could be chosen to cancel the others.
// Specification: "Trustees".

import { challengeOf } from './challenge.ts';
import { type Element, type Group, textOf } from './group.ts';
import { type EncodedProof, type Proof, encodeProof, isKnowledge, parseProof, proveKnowledge } from './proof.ts';
import { type Unknowns, readObject } from './reading.ts';

/** A public key with `pok`, the proof that its secret is known. */
export interface TrusteeKey {
  readonly pok: Proof;
  /** X = g^x. */
  readonly key: Element;
  /** The text of X. */
  readonly publicKey: string;
  /** By the member's signing key, of the bare text of X: only of members of a threshold group. */
  readonly signature?: Proof;
}

/** A trustee's key as JSON has it, members in this order. */
export interface EncodedTrusteeKey {
  readonly pok: EncodedProof;
  readonly public_key: string;
  readonly signature?: EncodedProof;
}

/** The form only; undefined for the identity. isPossessed checks the proof. */
export function parseTrusteeKey(group: Group, value: unknown, unknowns: Unknowns): TrusteeKey | undefined {
  const shape = { what: 'trustee_public_key', members: ['pok', 'public_key'], optional: ['signature'] };
  const object = readObject(value, shape, unknowns);
  const pok = parseProof(group, object?.['pok'], unknowns);
  const key = group.parse(object?.['public_key']);
  if (pok === undefined || key === undefined || key.isIdentity) return undefined;
  const publicKey = object!['public_key'] as string;
  if (object!['signature'] === undefined) return { pok, key, publicKey };
  const signature = parseProof(group, object!['signature'], unknowns);
  return signature && { pok, key, publicKey, signature };
}

/** What parseTrusteeKey reads. */
export function encodeTrusteeKey({ pok, publicKey, signature }: TrusteeKey): EncodedTrusteeKey {
  return {
    pok: encodeProof(pok),
    public_key: publicKey,
    ...(signature && { signature: encodeProof(signature) }),
  };
}

/** The public key of x with its proof: challenge = H("pok|GROUP|X|A"). */
export function trusteeKeyOf(group: Group, x: bigint): TrusteeKey {
  const key = group.power(group.generator, x);
  const publicKey = textOf(group, key);
  return { key, publicKey, pok: proveKnowledge(group, x, possessionChallenge(group, publicKey)) };
}

/** Whether the proof says that the secret is known. */
export function isPossessed(group: Group, { key, publicKey, pok }: TrusteeKey): boolean {
  return isKnowledge(group, { key, proof: pok, challengeFor: possessionChallenge(group, publicKey) });
}

function possessionChallenge(group: Group, publicKey: string): (commitment: string) => bigint {
  return (commitment) => challengeOf(group, `pok|${group.name}|${publicKey}|${commitment}`);
}
