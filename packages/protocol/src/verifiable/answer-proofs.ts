// Checks the proofs of an encrypted answer. Public data only.

import { type Answer, answerPrefix, claimsOf, intervalPrefix } from './answer.ts';
import { challengeOf } from './challenge.ts';
import { type Statement, isDisjunction } from './disjunction.ts';
import type { ElectionContext } from './election.ts';
import type { Proof } from './proof.ts';
import type { Question } from './question.ts';

/** Which proof of an answer does not hold; `choice` counts from 0 among the ciphertexts. */
export type AnswerProblem =
  | { readonly reason: 'choice-proof'; readonly choice: number }
  | { readonly reason: 'overall-proof' }
  | { readonly reason: 'blank-proof' };

/** The first proof that does not hold, undefined when all do. `prefix` is S0. */
export function findFalseProof(
  { group, key }: ElectionContext,
  o: { readonly question: Question; readonly answer: Answer; readonly prefix: string },
): AnswerProblem | undefined {
  const { choices, individualProofs, overallProof, blankProof } = o.answer;
  const claims = claimsOf(group, o.question, choices);
  const holds = (statements: readonly Statement[], proofs: readonly Proof[], hashed: string) =>
    isDisjunction(group, {
      key,
      statements,
      proofs,
      challengeFor: (commitments) => challengeOf(group, `${hashed}${commitments}`),
    });
  const choice = choices.findIndex(
    ({ text }, index) => !holds(claims.individual[index]!, individualProofs[index]!, intervalPrefix(o.prefix, text)),
  );
  if (choice >= 0) return { reason: 'choice-proof', choice };
  const prefix = answerPrefix(o.prefix, choices);
  const [{ ciphertext: sum }] = claims.overall.slice(-1) as [Statement];
  const overall = o.question.blank
    ? `bproof1|${prefix}|`
    : intervalPrefix(prefix, group.texts([sum.alpha, sum.beta]).join(','));
  if (!holds(claims.overall, overallProof, overall)) return { reason: 'overall-proof' };
  if (claims.blank === undefined) return undefined;
  return holds(claims.blank, blankProof ?? [], `bproof0|${prefix}|`) ? undefined : { reason: 'blank-proof' };
}
