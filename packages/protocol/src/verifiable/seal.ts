// Makes a ballot on the voter's device, from choices and the secret credential. Specification: "Ballot".

import { assert } from '../assert.ts';
import { type BallotProblem, encodeBallot, encodeUnsigned, signaturePrefix, verifyBallot } from './ballot.ts';
import { ballotPrefix, challengeOf } from './challenge.ts';
import { type ChoiceProblem, type Choices, checkChoices } from './choices.ts';
import { credentialSecret } from './credential.ts';
import { type ElectionContext, fingerprintOf } from './election.ts';
import { textOf } from './group.ts';
import { proveKnowledge } from './proof.ts';
import { sealAnswer } from './seal-answer.ts';

/** A ballot and its tracker, or the rule the choices break and in which question. */
export type SealedBallot =
  | { readonly ok: true; readonly ballot: string; readonly tracker: string }
  | { readonly ok: false; readonly reason: ChoiceProblem; readonly question: number };

/** Every call makes another ballot, from fresh random numbers. What comes out is verified before it is given away. */
export function sealBallot(
  context: ElectionContext,
  o: { readonly credential: string; readonly choices: unknown },
): SealedBallot {
  const check = checkChoices(context.election.questions, o.choices);
  if (!check.ok) return check;
  const secret = credentialSecret(context.group, context.election.uuid, o.credential);
  const ballot = signedBallot(context, secret, o.choices as Choices);
  const verified = verifyBallot(context, ballot);
  assert(verified.ok, `a ballot verifies: ${String((verified as Partial<BallotProblem>).reason)}`);
  return { ok: true, ballot, tracker: verified.tracker };
}

function signedBallot(context: ElectionContext, secret: bigint, choices: Choices): string {
  const { group, election, fingerprint } = context;
  const credential = textOf(group, group.power(group.generator, secret));
  const prefix = ballotPrefix(fingerprint, credential);
  const answers = election.questions.map((question, index) =>
    sealAnswer(context, { question, choice: choices[index]!, prefix }),
  );
  const hash = fingerprintOf(encodeUnsigned(context, { credential, answers }));
  const proof = proveKnowledge(group, secret, (commitment) =>
    challengeOf(group, `${signaturePrefix(hash)}${commitment}`),
  );
  return encodeBallot(context, { credential, answers, signature: { hash, proof } });
}
