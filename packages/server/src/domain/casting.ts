// From a request's link, sealed ballot and code to an answer: everything that can be judged before the transaction.

import { type BallotContext, readBallotContext, type SealedBallotProblem, verifySealedBallot } from '@votix/protocol';
import type { Database } from '../storage/database.ts';
import { type ElectionRow, findElection } from '../storage/elections.ts';
import type { BallotQueue } from './ballot-queue.ts';
import type { CastOutcome } from './ballots.ts';
import { boundCode, parseCode, readHolder } from './links.ts';
import type { Vault } from './vault.ts';

export interface Cast {
  readonly link: string;
  readonly ballot: unknown;
  readonly code: string;
}

export type CastAnswer = { readonly election?: ElectionRow } & (
  | CastOutcome
  | { readonly ok: false; readonly reason: 'unknown-link' | 'replaced-link' | 'malformed-code' | SealedBallotProblem }
);

export interface Casting {
  readonly db: Database;
  readonly vault: Vault;
  readonly queue: BallotQueue;
}

const contexts = new Map<string, BallotContext>();
const contextsKept = 50;

/** Definition and key of an armed election, ready to judge ballots; both are frozen, so they are read once. */
function contextOf(definition: string, publicKey: string): BallotContext {
  const name = `${publicKey}${definition}`;
  const known = contexts.get(name);
  if (known) return known;
  const read = readBallotContext(definition, publicKey);
  if (!read.ok) throw new Error('The stored definition or public key is not valid.');
  contexts.set(name, read.context);
  if (contexts.size > contextsKept) contexts.delete(contexts.keys().next().value ?? '');
  return read.context;
}

export async function castBallot({ db, vault, queue }: Casting, cast: Cast): Promise<CastAnswer> {
  const found = await readHolder(db.reader, vault, cast.link);
  if (!found.ok) return { ok: false, reason: found.reason };
  const { voter_id: voterId, link_hash: linkHash, code_hash: codeHash, election_id, promotion } = found.holder;
  const election = await findElection(db.reader, election_id);
  if (!election) return { ok: false, reason: 'unknown-link' };
  if (election.definition === null || election.public_key === null) return { ok: false, reason: 'too-early', election };
  const checked = verifySealedBallot(contextOf(election.definition, election.public_key), cast.ballot);
  if (!checked.ok) return { ok: false, reason: checked.reason, election };
  const code = parseCode(cast.code);
  if (code === undefined) return { ok: false, reason: 'malformed-code', election };
  const codeMatches = vault.isHash('code', boundCode(voterId, code), codeHash);
  const { ballot, receipt } = checked;
  const groups = { building: found.holder.building_id ?? '', promotion };
  const item = { voterId, ...groups, linkHash, codeHash, ballot, receipt, codeMatches };
  return { ...(await queue.submit(election.id, item)), election };
}
