// Proof that at least one of several statements "(α, β) encrypts M" is true, without saying which (R. Cramer, I. Damgård,
// B. Schoenmakers 1994). All proofs of a ballot's answers are of this kind. Specification: "Proofs of a ballot".

import { assert } from '../assert.ts';
import type { Ciphertext } from './ciphertext.ts';
import type { Element, Group } from './group.ts';
import { type Proof, commitmentOf } from './proof.ts';
import { randomScalar, scalarsOf } from './scalar.ts';

/** "This ciphertext encrypts this message." */
export interface Statement {
  readonly ciphertext: Pick<Ciphertext, 'alpha' | 'beta'>;
  readonly message: number;
}

/** What the prover knows of a statement: the randomness, and what is really encrypted. */
export interface Witness {
  readonly r: bigint;
  readonly encrypted: number;
  readonly message: number;
}

type ChallengeFor = (commitments: string) => bigint;

/**
 * A_j = g^response·α^challenge, B_j = y^response·(β/g^M)^challenge; the challenges must add up to the hash of
 * "A_0,B_0,…,A_k,B_k" (and whatever `challengeFor` puts before it).
 */
export function isDisjunction(
  group: Group,
  o: {
    readonly key: Element;
    readonly statements: readonly Statement[];
    readonly proofs: readonly Proof[];
    readonly challengeFor: ChallengeFor;
  },
): boolean {
  if (o.proofs.length !== o.statements.length) return false;
  const scalars = scalarsOf(group);
  const commitments = o.statements.flatMap(({ ciphertext, message }, index) => {
    const proof = o.proofs[index]!;
    const shift = scalars.neg(scalars.mul(BigInt(message), proof.challenge));
    return [
      commitmentOf(group, { base: group.generator, key: ciphertext.alpha, proof }),
      commitmentOf(group, { base: o.key, key: ciphertext.beta, proof }).times(
        group.publicPower(group.generator, shift),
      ),
    ];
  });
  const sum = o.proofs.reduce((total, { challenge }) => scalars.add(total, challenge), 0n);
  return o.challengeFor(group.texts(commitments).join(',')) === sum;
}

/**
 * Makes the proof. At least one witness must be true (message = encrypted); the first true one is not simulated. With
 * a_j = response + r·challenge every commitment is A_j = g^a_j, B_j = y^a_j·g^((m − M)·challenge): the same work for
 * true statements and for simulated ones.
 */
export function proveDisjunction(
  group: Group,
  o: { readonly key: Element; readonly witnesses: readonly Witness[]; readonly challengeFor: ChallengeFor },
): Proof[] {
  const scalars = scalarsOf(group);
  const differences = o.witnesses.map(({ encrypted, message }) => BigInt(encrypted - message));
  const real = differences.indexOf(0n);
  assert(real >= 0, 'one statement is true');
  const drawn = differences.map(() => ({ a: randomScalar(group), challenge: randomScalar(group) }));
  const commitments = drawn.flatMap(({ a, challenge }, index) => {
    const shift = scalars.mul(scalars.create(differences[index]!), challenge);
    return [group.power(group.generator, a), group.power(o.key, a).times(group.power(group.generator, shift))];
  });
  const hash = o.challengeFor(group.texts(commitments).join(','));
  const all = drawn.reduce((sum, { challenge }) => scalars.add(sum, challenge), 0n);
  return drawn.map(({ a, challenge: own }, index) => {
    const challenge = index === real ? scalars.add(own, scalars.sub(hash, all)) : own;
    return { challenge, response: scalars.sub(a, scalars.mul(o.witnesses[index]!.r, challenge)) };
  });
}
