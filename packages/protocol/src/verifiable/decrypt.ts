// A trustee's work after the close: from the verified tally to a share with both proofs. And the last step, which needs no
// secret: shares to the result. Specification: "Shares", "Result".

import type { ElectionContext } from './election.ts';
import {
  type OwnedShare,
  type Result,
  type ShareSetProblem,
  checkShareSet,
  combineShares,
  decryptedElements,
  findExponents,
} from './result.ts';
import { type Share, decryptionFactors, proveFactors, shareChallenge } from './share.ts';
import { type StrictShare, strictChallenge } from './strict.ts';
import type { EncryptedTally } from './tally.ts';
import type { TrusteeKey } from './trustee-key.ts';
import type { TrusteeItem } from './trustees.ts';

/** A share for the archive, and the proofs of it for strict.json. */
export interface MadeShare {
  readonly share: Share;
  readonly strict: StrictShare['proofs'];
}

/** The key must be that of x: g^x. */
export function makeShare(
  context: ElectionContext,
  o: { readonly tally: EncryptedTally; readonly x: bigint; readonly key: Pick<TrusteeKey, 'key' | 'publicKey'> },
): MadeShare {
  const { group } = context;
  const factors = decryptionFactors(group, o.tally, o.x);
  const proofs = proveFactors(group, { ...o, factors, challenge: shareChallenge(context) });
  const strict = proveFactors(group, { ...o, factors, challenge: strictChallenge(context) });
  return { share: { factors, proofs }, strict };
}

/** The result from verified shares. `totalWeight` bounds every count. */
export function openTally(
  { group }: ElectionContext,
  o: {
    readonly tally: EncryptedTally;
    readonly trustees: readonly TrusteeItem[];
    readonly shares: readonly OwnedShare[];
    readonly totalWeight: number;
  },
):
  | { readonly ok: true; readonly result: Result }
  | { readonly ok: false; readonly reason: ShareSetProblem | 'no-result' } {
  const owners = o.shares.map(({ owner }) => owner);
  const reason = checkShareSet(o.trustees, owners, true);
  if (reason !== undefined) return { ok: false, reason };
  const elements = decryptedElements(o.tally, combineShares(group, o.trustees, o.shares));
  const counts = findExponents(group, elements, o.totalWeight);
  if (counts.some((list) => list.includes(undefined))) return { ok: false, reason: 'no-result' };
  return { ok: true, result: counts as Result };
}
