// From a request's link, sealed ballot and code to an answer: everything that can be judged before the transaction.

import { type BallotContext, readBallotContext, type SealedBallotProblem, verifySealedBallot } from '@votix/protocol';
import assert from 'node:assert/strict';
import type { Database } from '../storage/database.ts';
import { type ElectionRow, findElection } from '../storage/elections.ts';
import type { LinkHolder } from '../storage/links.ts';
import type { BallotQueue } from './ballot-queue.ts';
import type { CastOutcome, ReadyBallot } from './ballots.ts';
import { keepLast } from './keep-last.ts';
import { boundCode, parseCode, readHolder } from './links.ts';
import type { Prover } from './proofs.ts';
import type { Vault } from './vault.ts';
import { mayCast, unverified, verifiedForCast } from './verifiable-casting.ts';

export interface Cast {
  readonly link: string;
  readonly ballot: unknown;
  readonly code: string;
}

/** What a commit says of a ballot that was verified. */
type Answered = Exclude<CastOutcome, { readonly reason: 'unverified' }>;

export type CastAnswer = { readonly election?: ElectionRow } & (
  | Answered
  | {
      readonly ok: false;
      readonly reason: 'unknown-link' | 'replaced-link' | 'malformed-code' | 'other-credential' | SealedBallotProblem;
    }
);

export interface Casting {
  readonly db: Database;
  readonly vault: Vault;
  readonly queue: BallotQueue;
  /** Checks the proofs of verifiable elections. */
  readonly prove: Prover;
}

/** Definition and key of an armed election, ready to judge ballots; both are frozen, so they are read once. */
const contextOf = keepLast(50, (definition: string, publicKey: string): BallotContext => {
  const read = readBallotContext(definition, publicKey);
  if (!read.ok) throw new Error('The stored definition or public key is not valid.');
  return read.context;
});

export async function castBallot(casting: Casting, cast: Cast): Promise<CastAnswer> {
  const { db, vault } = casting;
  const found = await readHolder(db.reader, vault, cast.link);
  if (!found.ok) return { ok: false, reason: found.reason };
  const { holder } = found;
  const election = await findElection(db.reader, holder.election_id);
  if (!election) return { ok: false, reason: 'unknown-link' };
  if (election.armed_at === null) return { ok: false, reason: 'too-early', election };
  const given = { election, holder, cast };
  const answer = election.sealing === 'verifiable' ? castVerifiable(casting, given) : castSealed(casting, given);
  return { ...(await answer), election };
}

interface Given {
  readonly election: ElectionRow;
  readonly holder: LinkHolder;
  readonly cast: Cast;
}

async function castSealed({ vault, queue }: Casting, { election, holder, cast }: Given): Promise<CastAnswer> {
  const checked = verifySealedBallot(contextOf(election.definition!, election.public_key!), cast.ballot);
  if (!checked.ok) return { ok: false, reason: checked.reason };
  const item = judged(vault, holder, cast);
  if (item === undefined) return { ok: false, reason: 'malformed-code' };
  const { ballot, receipt } = checked;
  return recorded(await queue.submit(election.id, { ...item, ballot, receipt }));
}

/** Tried without the proofs where they would not count; a race that is lost there costs one look at them. */
async function castVerifiable(casting: Casting, { election, holder, cast }: Given): Promise<CastAnswer> {
  const { db, vault, queue } = casting;
  const { ballot } = cast;
  if (typeof ballot !== 'string' || ballot === '') return { ok: false, reason: 'malformed-ballot' };
  const item = judged(vault, holder, cast);
  if (item === undefined) return { ok: false, reason: 'malformed-code' };
  if (!mayCast(election, holder, item, await db.now())) {
    const outcome = await queue.submit(election.id, unverified(item, ballot));
    if (outcome.ok || outcome.reason !== 'unverified') return recorded(outcome);
  }
  const verified = await verifiedForCast(casting, election.id, item, ballot);
  if (!verified.ok) return { ok: false, reason: verified.reason };
  return recorded(await queue.submit(election.id, verified.item));
}

function recorded(outcome: CastOutcome): CastAnswer {
  assert(outcome.ok || outcome.reason !== 'unverified', 'what is recorded was verified');
  return outcome as Answered;
}

/** Who casts, in which groups, and whether the code is theirs; undefined when what was typed can be no code. */
function judged(vault: Vault, holder: LinkHolder, cast: Cast): Omit<ReadyBallot, 'ballot' | 'receipt'> | undefined {
  const { voter_id: voterId, link_hash: linkHash, code_hash: codeHash, building_id, promotion } = holder;
  const code = parseCode(cast.code);
  if (code === undefined) return undefined;
  const codeMatches = vault.isHash('code', boundCode(voterId, code), codeHash);
  return { voterId, building: building_id ?? '', promotion, linkHash, codeHash, codeMatches };
}
