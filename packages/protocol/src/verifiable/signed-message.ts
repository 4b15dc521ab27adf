// A text signed with a trustee's signing key (Schnorr). Specification: "Signed messages".

import { challengeOf } from './challenge.ts';
import type { Element, Group } from './group.ts';
import { type EncodedProof, type Proof, encodeProof, isKnowledge, parseProof, proveKnowledge } from './proof.ts';
import { type Unknowns, readObject, readText } from './reading.ts';

/** A text, exactly as it was signed. */
export interface SignedMessage {
  readonly message: string;
  readonly signature: Proof;
}

/** A signed message as JSON has it, members in this order. */
export interface EncodedSignedMessage {
  readonly message: string;
  readonly signature: EncodedProof;
}

/** The form only; isSigned checks. */
export function parseSignedMessage(group: Group, value: unknown, unknowns: Unknowns): SignedMessage | undefined {
  const object = readObject(value, { what: 'signed_msg', members: ['message', 'signature'] }, unknowns);
  const message = readText(object?.['message']);
  const signature = parseProof(group, object?.['signature'], unknowns);
  return message === undefined || signature === undefined ? undefined : { message, signature };
}

/** What parseSignedMessage reads. */
export function encodeSignedMessage({ message, signature }: SignedMessage): EncodedSignedMessage {
  return { message, signature: encodeProof(signature) };
}

/** Signs a text: challenge = H("sigmsg|M|A"). */
export function signText(group: Group, signingKey: bigint, message: string): Proof {
  return proveKnowledge(group, signingKey, (commitment) => challengeOf(group, `sigmsg|${message}|${commitment}`));
}

/** Whether a text is signed with the secret of this key. */
export function isSigned(
  group: Group,
  o: { readonly key: Element; readonly message: string; readonly signature: Proof },
): boolean {
  const challengeFor = (commitment: string) => challengeOf(group, `sigmsg|${o.message}|${commitment}`);
  return isKnowledge(group, { key: o.key, proof: o.signature, challengeFor });
}
