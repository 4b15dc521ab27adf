// The encrypted tally: for each choice the product of the ciphertexts of the final ballots, each raised to its weight. The
// last ballot of a credential counts. Specification: "Tally".

import type { Answer } from './answer.ts';
import { type Ciphertext, ciphertextOf, encodeCiphertext, parseCiphertext, weightedProduct } from './ciphertext.ts';
import type { ElectionContext } from './election.ts';
import { choicesOf } from './question.ts';
import { type Unknowns, readList } from './reading.ts';
import { parseStrictJson } from './strict-json.ts';

/** One list of ciphertexts per question, one ciphertext per choice. */
export type EncryptedTally = readonly (readonly Ciphertext[])[];

/** A ballot as the tally needs it. */
export interface FinalBallot {
  readonly answers: readonly Pick<Answer, 'choices'>[];
  readonly weight: number;
}

/** The sum, of how many ballots, and of how many votes (weights). */
export interface Tally {
  readonly encrypted: EncryptedTally;
  readonly numTallied: number;
  readonly totalWeight: number;
}

/** The tally of final ballots, verified before; of none it is made of identities. */
export function tallyOf(context: ElectionContext, ballots: readonly FinalBallot[]): Tally {
  const { group, election } = context;
  const encrypted = election.questions.map((question, index) =>
    Array.from({ length: choicesOf(question) }, (_, choice) => {
      const factors = ballots.map(({ answers, weight }) => ({
        ciphertext: answers[index]!.choices[choice]!,
        weight,
      }));
      const { alpha, beta } = weightedProduct(group, factors);
      return ciphertextOf(group, alpha, beta);
    }),
  );
  const totalWeight = ballots.reduce((sum, { weight }) => sum + weight, 0);
  return { encrypted, numTallied: ballots.length, totalWeight };
}

/** The tally of all ballots from those of parts of them. */
export function joinTallies(context: ElectionContext, parts: readonly Tally[]): Tally {
  const factors = parts.map(({ encrypted }) => ({ answers: encrypted.map((choices) => ({ choices })), weight: 1 }));
  const sum = (member: 'numTallied' | 'totalWeight') => parts.reduce((total, part) => total + part[member], 0);
  const { encrypted } = tallyOf(context, factors);
  return { encrypted, numTallied: sum('numTallied'), totalWeight: sum('totalWeight') };
}

/** The text of an encrypted tally, as the archive has it. */
export function encodeTally(encrypted: EncryptedTally): string {
  return JSON.stringify(encrypted.map((choices) => choices.map(encodeCiphertext)));
}

/** Undefined unless there is a ciphertext for each choice of each question. */
export function parseTally(
  { group, election }: ElectionContext,
  text: string,
  unknowns: Unknowns = new Set(),
): EncryptedTally | undefined {
  const { questions } = election;
  const parsed = parseStrictJson(text);
  if (!parsed.ok) return undefined;
  const each = { least: questions.length, most: questions.length };
  return readList(
    parsed.value,
    (choices, index) => {
      const size = choicesOf(questions[index]!);
      return readList(choices, (one) => parseCiphertext(group, one, unknowns), { least: size, most: size });
    },
    each,
  );
}
