// Sealing a ballot, in the voter's browser. Specification: "Ballot". The booth imports this and nothing that opens.

import { CompactEncrypt } from 'jose/jwe/compact/encrypt';
import { assert } from '../assert.ts';
import { type SelectionProblem, checkSelections } from '../selection.ts';
import { type SealingContext, ballotHeader } from './ballot-context.ts';
import { verifySealedBallot } from './ballot.ts';
import { encodePlaintext } from './plaintext.ts';

/** A sealed ballot and its receipt, or the rule the selections break and in which contest. */
export type SealedBallot =
  | { readonly ok: true; readonly ballot: string; readonly receipt: string }
  | { readonly ok: false; readonly reason: SelectionProblem; readonly contest: number };

/**
 * Seals selections: JWE compact of the plaintext under a fresh content key and IV, both from WebCrypto's generator.
 * Every call gives another ballot. What comes out is verified as the server will, before it is given away.
 */
export async function sealBallot(context: SealingContext, selections: unknown): Promise<SealedBallot> {
  const check = checkSelections(context.definition, selections);
  if (!check.ok) return check;
  const plaintext = encodePlaintext(context.definition, selections as readonly (readonly number[])[]);
  const ballot = await new CompactEncrypt(plaintext)
    .setProtectedHeader({ ...ballotHeader(context) })
    .encrypt(context.publicKey);
  const verified = verifySealedBallot(context, ballot);
  assert(verified.ok && ballot.length === context.ballotLength, 'a sealed ballot verifies');
  return verified;
}
