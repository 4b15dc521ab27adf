// Makes an encrypted answer with its proofs, on the voter's device. Which statements are true is never branched on: the
// same powers are made for every vote (disjunction.ts).

import { type Answer, answerPrefix, intervalPrefix } from './answer.ts';
import { challengeOf } from './challenge.ts';
import { type Choice, bitsOf } from './choices.ts';
import { encrypt, weightedProduct } from './ciphertext.ts';
import { type Witness, proveDisjunction } from './disjunction.ts';
import type { ElectionContext } from './election.ts';
import type { Question } from './question.ts';
import { randomScalar, scalarsOf } from './scalar.ts';

/** The choice must be one that the question allows. `prefix` is S0. */
export function sealAnswer(
  { group, key }: ElectionContext,
  o: { readonly question: Question; readonly choice: Choice; readonly prefix: string },
): Answer {
  const { blank, min, max } = o.question;
  const prove = (witnesses: readonly Witness[], hashed: string) =>
    proveDisjunction(group, {
      key,
      witnesses,
      challengeFor: (commitments) => challengeOf(group, `${hashed}${commitments}`),
    });
  const secrets = bitsOf(o.question, o.choice).map((m) => ({ m, r: randomScalar(group) }));
  const choices = secrets.map((secret) => encrypt(group, key, secret));
  const individualProofs = secrets.map(({ m, r }, index) =>
    prove(
      [0, 1].map((message) => ({ r, encrypted: m, message })),
      intervalPrefix(o.prefix, choices[index]!.text),
    ),
  );
  const prefix = answerPrefix(o.prefix, choices);
  const summed = blank ? secrets.slice(1) : secrets;
  const sum = summed.reduce((total, { m, r }) => ({ m: total.m + m, r: scalarsOf(group).add(total.r, r) }), {
    m: 0,
    r: 0n,
  });
  const about = ({ m, r }: { m: number; r: bigint }, message: number): Witness => ({ r, encrypted: m, message });
  const inRange = Array.from({ length: max - min + 1 }, (_, index) => about(sum, min + index));
  if (!blank) {
    const product = weightedProduct(
      group,
      choices.map((ciphertext) => ({ ciphertext, weight: 1 })),
    );
    const text = group.texts([product.alpha, product.beta]).join(',');
    return { choices, individualProofs, overallProof: prove(inRange, intervalPrefix(prefix, text)) };
  }
  const [blankChoice] = secrets as [(typeof secrets)[number]];
  const overallProof = prove([about(blankChoice, 1), ...inRange], `bproof1|${prefix}|`);
  const blankProof = prove([about(blankChoice, 0), about(sum, 0)], `bproof0|${prefix}|`);
  return { choices, individualProofs, overallProof, blankProof };
}
