// A proof is a pair (challenge, response) of scalars. Here: its JSON, and knowledge of a discrete logarithm (C. P. Schnorr
// 1991) as keys, signed messages and ballots use it. Specification: "Proofs".

import { type Element, type Group, textOf } from './group.ts';
import { type Unknowns, readObject } from './reading.ts';
import { parseScalar, randomScalar, scalarsOf } from './scalar.ts';

/** Both from 0 to q − 1. */
export interface Proof {
  readonly challenge: bigint;
  readonly response: bigint;
}

/** A proof as JSON has it. */
export interface EncodedProof {
  readonly challenge: string;
  readonly response: string;
}

/** Undefined unless both are canonical scalars below q. */
export function parseProof(group: Group, value: unknown, unknowns: Unknowns): Proof | undefined {
  const object = readObject(value, { what: 'proof', members: ['challenge', 'response'] }, unknowns);
  const challenge = parseScalar(group, object?.['challenge']);
  const response = parseScalar(group, object?.['response']);
  return challenge === undefined || response === undefined ? undefined : { challenge, response };
}

/** What parseProof reads. */
export function encodeProof({ challenge, response }: Proof): EncodedProof {
  return { challenge: challenge.toString(), response: response.toString() };
}

/** base^response · key^challenge: what the prover must have committed to. Public data only. */
export function commitmentOf(group: Group, o: { base: Element; key: Element; proof: Proof }): Element {
  return group.publicPower(o.base, o.proof.response).times(group.publicPower(o.key, o.proof.challenge));
}

/** Proves knowledge of x in X = g^x: A = g^w, challenge from A's text, response = w − x·challenge. */
export function proveKnowledge(group: Group, x: bigint, challengeFor: (commitment: string) => bigint): Proof {
  const scalars = scalarsOf(group);
  const w = randomScalar(group);
  const challenge = challengeFor(textOf(group, group.power(group.generator, w)));
  return { challenge, response: scalars.sub(w, scalars.mul(x, challenge)) };
}

/** Whether a proof of knowledge holds: A = g^response·X^challenge gives the challenge. */
export function isKnowledge(
  group: Group,
  o: { readonly key: Element; readonly proof: Proof; readonly challengeFor: (commitment: string) => bigint },
): boolean {
  const commitment = commitmentOf(group, { base: group.generator, key: o.key, proof: o.proof });
  return o.challengeFor(textOf(group, commitment)) === o.proof.challenge;
}
