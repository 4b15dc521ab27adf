// A sealed ballot: JWE compact serialisation (RFC 7516 §7.1), RSA-OAEP-256 and A256GCM (RFC 7518 §4.3, §5.3).
// Verified without any key: constant header, exact lengths, canonical base64url, encrypted key below n. Synchronous.

import { base64urlLength, decodeBase64url, isBase64url } from '../encoding/base64.ts';
import { compareBytes, parseUtf8 } from '../encoding/bytes.ts';
import { receiptOf } from '../receipt.ts';
import { type BallotContext, GCM, electionOf } from './ballot-context.ts';

/** Why a text is no sealed ballot of this election. */
export type SealedBallotProblem =
  'malformed-ballot' | 'oversized-ballot' | 'other-election' | 'other-key' | 'other-format';

type Segment = 'encrypted-key' | 'iv' | 'ciphertext' | 'tag';

/** Where it failed. `segments`: not five; `…-length`, `…-encoding`: of one segment; `encrypted-key-range`: not below n. */
export type BallotFault =
  'type' | 'length' | 'segments' | 'header' | `${Segment}-length` | `${Segment}-encoding` | 'encrypted-key-range';

/** A verified ballot with its receipt, or why not and where. */
export type VerifiedBallot =
  | { readonly ok: true; readonly ballot: string; readonly receipt: string }
  | { readonly ok: false; readonly reason: SealedBallotProblem; readonly fault: BallotFault };

/** No ballot of any election is longer, in characters (the definition's limits keep them below it). */
export const BALLOT_LENGTH_LIMIT = 16_384;

/**
 * Checks everything about a ballot that can be checked without the private key, cheapest first. Total: any value is
 * allowed in. `other-election`, `other-key` and `other-format` are told when the header is one of ours, for another
 * election or definition, key or version.
 */
export function verifySealedBallot(context: BallotContext, ballot: unknown): VerifiedBallot {
  const checked = checkForm(context, ballot);
  return checked.ok ? { ...checked, receipt: receiptOf(checked.ballot) } : checked;
}

/** The same without the receipt, which whoever opens ballots has no use for. */
export function checkForm(
  context: BallotContext,
  ballot: unknown,
): { readonly ok: true; readonly ballot: string } | Extract<VerifiedBallot, { readonly ok: false }> {
  if (typeof ballot !== 'string') return failure('malformed-ballot', 'type');
  if (ballot.length > BALLOT_LENGTH_LIMIT) return failure('oversized-ballot', 'length');
  const segments = ballot.split('.', 6);
  if (segments.length !== 5) return failure('malformed-ballot', 'segments');
  const [header, encryptedKey, iv, ciphertext, tag] = segments as [string, string, string, string, string];
  if (header !== context.header) return failure(headerProblem(context, header), 'header');
  const fault =
    faultOfEncryptedKey(context, encryptedKey) ??
    faultOf('iv', iv, GCM.iv) ??
    faultOf('ciphertext', ciphertext, context.plaintextBytes) ??
    faultOf('tag', tag, GCM.tag);
  return fault === undefined ? { ok: true, ballot } : failure('malformed-ballot', fault);
}

function faultOf(segment: Segment, text: string, bytes: number): BallotFault | undefined {
  if (text.length !== base64urlLength(bytes)) return `${segment}-length`;
  return isBase64url(text) ? undefined : `${segment}-encoding`;
}

/** An encrypted key of n or more would be a second encoding of the one below n (RFC 8017 §5.1.2 refuses it). */
function faultOfEncryptedKey(context: BallotContext, text: string): BallotFault | undefined {
  const fault = faultOf('encrypted-key', text, context.encryptedKeyBytes);
  if (fault !== undefined) return fault;
  return compareBytes(decodeBase64url(text)!, context.modulus) < 0 ? undefined : 'encrypted-key-range';
}

const OUR_HEADER =
  /^\{"alg":"RSA-OAEP-256","enc":"A256GCM","kid":"[0-9a-f]{64}","votix":(\d{1,9}),"election":"([0-9a-f:-]{101})"\}$/;

/** Only to name the refusal: any header but the constant one is refused. */
function headerProblem(context: BallotContext, header: string): SealedBallotProblem {
  const bytes = decodeBase64url(header);
  const members = bytes === undefined ? null : OUR_HEADER.exec(parseUtf8(bytes) ?? '');
  if (members === null) return 'malformed-ballot';
  const [, votix, election] = members;
  if (votix !== '1') return 'other-format';
  // Same format and election, yet other bytes: only the fingerprint is left to differ.
  return election === electionOf(context) ? 'other-key' : 'other-election';
}

function failure(reason: SealedBallotProblem, fault: BallotFault): Extract<VerifiedBallot, { readonly ok: false }> {
  return { ok: false, reason, fault };
}
