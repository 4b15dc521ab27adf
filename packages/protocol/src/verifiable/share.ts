// A trustee's share of the decryption: F = α^x for every ciphertext of the tally, with the proof that x is the secret of the
// trustee's key (D. Chaum, T. P. Pedersen 1992). Specification: "Shares".

import { challengeOf } from './challenge.ts';
import type { ElectionContext } from './election.ts';
import type { Element, Group } from './group.ts';
import { type Proof, commitmentOf, encodeProof, parseProof } from './proof.ts';
import { choicesOf } from './question.ts';
import { type Unknowns, readList, readObject } from './reading.ts';
import { randomScalar, scalarsOf } from './scalar.ts';
import { parseStrictJson } from './strict-json.ts';
import type { EncryptedTally } from './tally.ts';
import type { TrusteeKey } from './trustee-key.ts';

/** F and the proof of each ciphertext: one list per question, one entry per choice. */
export interface Share {
  readonly factors: readonly (readonly Element[])[];
  readonly proofs: readonly (readonly Proof[])[];
}

/** Where a share is wrong: question and choice, counted from 0. */
export interface SharePlace {
  readonly question: number;
  readonly choice: number;
}

/** What a proof about one factor states: F = α^x with X = g^x. */
export interface FactorStatement {
  readonly key: Pick<TrusteeKey, 'key' | 'publicKey'>;
  readonly alpha: Element;
  readonly factor: Element;
}

/** From the commitments "A,B" and the statement to the challenge. */
export type FactorChallenge = (statement: FactorStatement, commitments: string) => bigint;

/** H("decrypt|φ|X|A,B"): the challenge of a Belenios share. It does not hash α and F; strict.ts has the proof that does. */
export function shareChallenge({ group, fingerprint }: ElectionContext): FactorChallenge {
  return ({ key }, commitments) => challengeOf(group, `decrypt|${fingerprint}|${key.publicKey}|${commitments}`);
}

/** α^x for an α that others chose: x is split at random in two, so that no power is raised to x itself. */
export function blindedPower(group: Group, alpha: Element, x: bigint): Element {
  const mask = randomScalar(group);
  return group.power(alpha, mask).times(group.power(alpha, scalarsOf(group).sub(x, mask)));
}

/** F = α^x of each ciphertext. */
export function decryptionFactors(group: Group, tally: EncryptedTally, x: bigint): Share['factors'] {
  return tally.map((choices) => choices.map(({ alpha }) => blindedPower(group, alpha, x)));
}

/** One proof per ciphertext of the tally: A = g^w, B = α^w, response = w − x·challenge. */
export function proveFactors(
  group: Group,
  o: {
    readonly tally: EncryptedTally;
    readonly factors: Share['factors'];
    readonly key: Pick<TrusteeKey, 'key' | 'publicKey'>;
    readonly x: bigint;
    readonly challenge: FactorChallenge;
  },
): Share['proofs'] {
  const scalars = scalarsOf(group);
  return o.tally.map((choices, question) =>
    choices.map(({ alpha }, choice) => {
      const w = randomScalar(group);
      const commitments = group.texts([group.power(group.generator, w), group.power(alpha, w)]).join(',');
      const factor = o.factors[question]![choice]!;
      const challenge = o.challenge({ key: o.key, alpha, factor }, commitments);
      return { challenge, response: scalars.sub(w, scalars.mul(o.x, challenge)) };
    }),
  );
}

/** The first factor whose proof does not hold, undefined when all do. */
export function findFalseFactor(
  group: Group,
  o: {
    readonly tally: EncryptedTally;
    readonly share: Share;
    readonly key: Pick<TrusteeKey, 'key' | 'publicKey'>;
    readonly challenge: FactorChallenge;
  },
): SharePlace | undefined {
  for (const [question, choices] of o.tally.entries()) {
    const choice = choices.findIndex(({ alpha }, index) => {
      const factor = o.share.factors[question]![index]!;
      const proof = o.share.proofs[question]![index]!;
      const commitments = group.texts([
        commitmentOf(group, { base: group.generator, key: o.key.key, proof }),
        commitmentOf(group, { base: alpha, key: factor, proof }),
      ]);
      return o.challenge({ key: o.key, alpha, factor }, commitments.join(',')) !== proof.challenge;
    });
    if (choice >= 0) return { question, choice };
  }
  return undefined;
}

/** The text of a share, as the archive has it. */
export function encodeShare(group: Group, { factors, proofs }: Share): string {
  return JSON.stringify({
    decryption_factors: factors.map((list) => group.texts(list)),
    decryption_proofs: proofs.map((list) => list.map(encodeProof)),
  });
}

/** The form only: undefined unless each choice has a factor that is an element, and a proof. */
export function parseShare(
  { group, election }: ElectionContext,
  text: string,
  unknowns: Unknowns = new Set(),
): Share | undefined {
  const parsed = parseStrictJson(text);
  const shape = { what: 'partial_decryption', members: ['decryption_factors', 'decryption_proofs'] };
  const object = parsed.ok ? readObject(parsed.value, shape, unknowns) : undefined;
  const table = <T>(value: unknown, read: (one: unknown) => T | undefined) =>
    readList(
      value,
      (list, index) => {
        const size = choicesOf(election.questions[index]!);
        return readList(list, read, { least: size, most: size });
      },
      { least: election.questions.length, most: election.questions.length },
    );
  const factors = table(object?.['decryption_factors'], (one) => group.parse(one));
  const proofs = table(object?.['decryption_proofs'], (one) => parseProof(group, one, unknowns));
  return factors && proofs && { factors, proofs };
}
