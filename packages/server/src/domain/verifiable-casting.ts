// A ballot of a verifiable election: the code first, then whether the credential is this voter's, then the proofs in another
// thread, and only then the transaction. Nothing is acknowledged that was not verified.

import { fingerprintOf } from '@votix/protocol/verifiable';
import type { Database } from '../storage/database.ts';
import type { ElectionRow } from '../storage/elections.ts';
import type { LinkHolder } from '../storage/links.ts';
import { findVerifiable } from '../storage/verifiable-elections.ts';
import type { ReadyBallot } from './ballots.ts';
import { isCredentialOf } from './credentials.ts';
import { windowProblem } from './lifecycle.ts';
import type { BallotVerdict, Prover } from './proofs.ts';
import type { Vault } from './vault.ts';

export type VerifiedForCast =
  | { readonly ok: true; readonly item: ReadyBallot }
  | Extract<BallotVerdict, { readonly ok: false }>
  | { readonly ok: false; readonly reason: 'other-credential' };

type Unverified = Omit<ReadyBallot, 'ballot' | 'receipt'>;

/** As it is, to be refused or answered again without looking at a proof: the tracker needs none. */
export const unverified = (item: Unverified, ballot: string): ReadyBallot => ({
  ...item,
  ballot,
  receipt: fingerprintOf(ballot),
  isUnverified: true,
});

/** Whether, as far as can be seen before the transaction, this voter may cast now: only then are proofs worth their time. */
export const mayCast = (election: ElectionRow, holder: LinkHolder, item: Unverified, now: number): boolean =>
  item.codeMatches &&
  holder.signed_on === null &&
  (holder.locked_until === null || now >= holder.locked_until) &&
  windowProblem(election, now) === undefined;

export async function verifiedForCast(
  { db, vault, prove }: { readonly db: Database; readonly vault: Vault; readonly prove: Prover },
  electionId: string,
  item: Unverified,
  ballot: string,
): Promise<VerifiedForCast> {
  const named = credentialIn(ballot);
  if (named === undefined) return { ok: false, reason: 'malformed-ballot' };
  if (!(await isCredentialOf(db.reader, vault, item.voterId, named))) return { ok: false, reason: 'other-credential' };
  const { election } = (await findVerifiable(db.reader, electionId))!;
  const verdict = await prove('ballot', election!, ballot);
  if (!verdict.ok) return verdict;
  const { tracker: receipt, credential } = verdict;
  return { ok: true, item: { ...item, ballot, receipt, credential } };
}

const beginning = /^\{"election_uuid":"[^"\\]{1,64}","election_hash":"[^"\\]{1,64}","credential":"([^"\\]{1,1024})"/;

/** What a text says before it was looked at: a ballot has one form only, so that one which verifies holds the same. */
const credentialIn = (ballot: string): string | undefined => beginning.exec(ballot)?.[1];
