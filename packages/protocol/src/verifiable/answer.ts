// The encrypted answer to one question with its proofs: each choice is 0 or 1, their sum is allowed, and a blank answer has
// no other choice. Specification: "Proofs of a ballot". answer-proofs.ts checks, seal-answer.ts makes.

import {
  type Ciphertext,
  type EncodedCiphertext,
  encodeCiphertext,
  parseCiphertext,
  weightedProduct,
} from './ciphertext.ts';
import type { Statement } from './disjunction.ts';
import type { Group } from './group.ts';
import { type EncodedProof, type Proof, encodeProof, parseProof } from './proof.ts';
import { type Question, choicesOf } from './question.ts';
import { readList, readObject } from './reading.ts';

/** As many ciphertexts and lists of two proofs as the question has choices; `blankProof` where blank is allowed. */
export interface Answer {
  readonly choices: readonly Ciphertext[];
  readonly individualProofs: readonly (readonly Proof[])[];
  readonly overallProof: readonly Proof[];
  readonly blankProof?: readonly Proof[];
}

/** An answer as JSON has it, members in this order. */
export interface EncodedAnswer {
  readonly choices: readonly EncodedCiphertext[];
  readonly individual_proofs: readonly (readonly EncodedProof[])[];
  readonly overall_proof: readonly EncodedProof[];
  readonly blank_proof?: readonly EncodedProof[];
}

/** The proofs of an answer that its question demands, each with what it is about. */
export interface Claims {
  readonly individual: readonly (readonly Statement[])[];
  readonly overall: readonly Statement[];
  readonly blank?: readonly Statement[];
}

const COUNTS = { least: 1, most: 2000 };

/** The form only: undefined for another number of choices, what is no element or no scalar. Members it does not know pass. */
export function parseAnswer(group: Group, value: unknown, question: Question): Answer | undefined {
  const unknowns = new Set<string>();
  const members = ['choices', 'individual_proofs', 'overall_proof', ...(question.blank ? ['blank_proof'] : [])];
  const object = readObject(value, { what: 'answer', members }, unknowns);
  const size = choicesOf(question);
  const exactly = { least: size, most: size };
  const proofs = (list: unknown) => readList(list, (proof) => parseProof(group, proof, unknowns), COUNTS);
  const choices = readList(object?.['choices'], (choice) => parseCiphertext(group, choice, unknowns), exactly);
  const individualProofs = readList(object?.['individual_proofs'], proofs, exactly);
  const overallProof = proofs(object?.['overall_proof']);
  const blankProof = question.blank ? proofs(object?.['blank_proof']) : undefined;
  if (choices === undefined || individualProofs === undefined || overallProof === undefined) return undefined;
  if (question.blank) return blankProof && { choices, individualProofs, overallProof, blankProof };
  return { choices, individualProofs, overallProof };
}

/** What parseAnswer reads, members in the order of the specification. */
export function encodeAnswer({ choices, individualProofs, overallProof, blankProof }: Answer): EncodedAnswer {
  return {
    choices: choices.map(encodeCiphertext),
    individual_proofs: individualProofs.map((proofs) => proofs.map(encodeProof)),
    overall_proof: overallProof.map(encodeProof),
    ...(blankProof && { blank_proof: blankProof.map(encodeProof) }),
  };
}

/** What the proofs of an answer say. Sums leave the blank choice out; min to max is the range of the sum. */
export function claimsOf(group: Group, { blank, min, max }: Question, choices: readonly Ciphertext[]): Claims {
  const individual = choices.map((ciphertext) => [0, 1].map((message) => ({ ciphertext, message })));
  const summed = blank ? choices.slice(1) : choices;
  const sum = weightedProduct(
    group,
    summed.map((ciphertext) => ({ ciphertext, weight: 1 })),
  );
  const inRange = Array.from({ length: max - min + 1 }, (_, index) => ({ ciphertext: sum, message: min + index }));
  if (!blank) return { individual, overall: inRange };
  const isBlank = { ciphertext: choices[0]!, message: 1 };
  const notBlank = { ciphertext: choices[0]!, message: 0 };
  return { individual, overall: [isBlank, ...inRange], blank: [notBlank, { ciphertext: sum, message: 0 }] };
}

/** S: S0 and the texts of all ciphertexts of the answer, the blank one included. */
export function answerPrefix(prefix: string, choices: readonly Ciphertext[]): string {
  return `${prefix}|${choices.map(({ text }) => text).join(',')}`;
}

/** What is hashed before "A0,B0,…" for an interval proof about one ciphertext. */
export function intervalPrefix(prefix: string, ciphertextText: string): string {
  return `prove|${prefix}|${ciphertextText}|`;
}
