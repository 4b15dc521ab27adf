// From our definition to the election of the archive, and from its result back to our counts. The archive knows questions and
// answers; the rules of the count stand in our definition, whose hash its description ends with.

import { createHash } from 'node:crypto';
import { type Definition, definitionHash, encodeDefinition, type Tally } from '@votix/protocol';
import type { Question, Result } from '@votix/protocol/verifiable';

export const questionsOf = ({ contests }: Definition): readonly Question[] =>
  contests.map(({ title, candidates, blank, minChoices, maxChoices }) => ({
    question: title,
    answers: candidates.map(({ name }) => name),
    blank,
    min: minChoices,
    max: maxChoices,
  }));

/**
 * What voters read about the election, then what has no place of its own in the archive and is bound to every ballot by
 * standing here: the reserve credentials, where there are some, and the rules of the count.
 */
export function describe(definition: Definition, words: string, reserve: readonly string[] = []): string {
  const ofReserve = reserve.length === 0 ? [] : [`votix-reserve:${sha256(reserveText(reserve))}`];
  const lines = [...ofReserve, `votix-definition:${definitionHash(encodeDefinition(definition))}`].join('\n');
  return words === '' ? lines : `${words}\n\n${lines}`;
}

/** The bytes of reserve.json. */
export const reserveText = (credentials: readonly string[]): string => JSON.stringify(credentials);

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** How many numbers with proofs a ballot has: what makes it long. */
export const proofsOfBallot = ({ contests }: Definition): number =>
  contests.reduce(
    (sum, { candidates, minChoices, maxChoices }) => sum + candidates.length + 1 + (maxChoices - minChoices),
    0,
  );

/** The blank count comes first where a contest allows it. Every ballot of the board was verified: none is invalid. */
export function tallyOfResult({ contests }: Definition, result: Result, ballots: number): Tally {
  return {
    ballots,
    valid: ballots,
    invalid: 0,
    contests: contests.map(({ id, blank }, index) => {
      const counts = result[index]!;
      return { contest: id, votes: blank ? counts.slice(1) : [...counts], blank: blank ? counts[0]! : 0 };
    }),
  };
}
