// What a trustee handed over (sign-tally.ts), held against the tally of the board it was signed for: the share's own proofs
// and the strict ones. Specification: "Shares", "Strict proofs".

import { hasExactly } from '../encoding/json.ts';
import type { ElectionContext } from './election.ts';
import { choicesOf } from './question.ts';
import { type Share, findFalseFactor, parseShare, shareChallenge } from './share.ts';
import { type StrictShare, parseStrictShare, strictChallenge } from './strict.ts';
import { parseStrictJson } from './strict-json.ts';
import type { EncryptedTally } from './tally.ts';
import { type TrusteeItem, shareOwners } from './trustees.ts';

/** Why a share is not taken: another form, election or tally; of somebody else; a proof that does not hold. */
export type ShareProblem =
  | 'share-malformed'
  | 'share-other-election'
  | 'share-other-tally'
  | 'share-other-trustee'
  | 'share-proof'
  | 'share-strict-proof';

/** `text` is exactly what the archive gets. */
export type ReceivedShare =
  | { readonly ok: true; readonly text: string; readonly share: Share; readonly strict: StrictShare }
  | { readonly ok: false; readonly reason: ShareProblem };

const MEMBERS = ['votix', 'kind', 'election', 'tally', 'head', 'owner', 'share', 'strict'];

/** `owner` is who hands it over (from 1, over all trustees), `hash` the tally's as the archive names it. */
export function receiveShare(
  context: ElectionContext,
  o: {
    readonly handedOver: string;
    readonly owner: number;
    readonly trustees: readonly TrusteeItem[];
    readonly tally: EncryptedTally;
    readonly hash: string;
  },
): ReceivedShare {
  const parsed = parseStrictJson(o.handedOver.trim());
  const value = parsed.ok ? parsed.value : undefined;
  if (!hasExactly(value, MEMBERS) || value['votix'] !== 1 || value['kind'] !== 'share')
    return refuse('share-malformed');
  if (value['election'] !== context.fingerprint) return refuse('share-other-election');
  if (value['tally'] !== o.hash) return refuse('share-other-tally');
  const { share: text } = value;
  const share = typeof text === 'string' ? parseShare(context, text) : undefined;
  const strict = parseStrictShare(context.group, value['strict'], context.election.questions.map(choicesOf));
  if (share === undefined || strict === undefined) return refuse('share-malformed');
  const key = shareOwners(o.trustees)[o.owner - 1]?.key;
  if (key === undefined || value['owner'] !== o.owner || strict.owner !== o.owner) return refuse('share-other-trustee');
  const statement = { tally: o.tally, key };
  if (findFalseFactor(context.group, { ...statement, share, challenge: shareChallenge(context) }) !== undefined) {
    return refuse('share-proof');
  }
  const strictly = { factors: share.factors, proofs: strict.proofs };
  if (
    findFalseFactor(context.group, { ...statement, share: strictly, challenge: strictChallenge(context) }) !== undefined
  ) {
    return refuse('share-strict-proof');
  }
  return { ok: true, text: text as string, share, strict };
}

function refuse(reason: ShareProblem): ReceivedShare {
  return { ok: false, reason };
}
