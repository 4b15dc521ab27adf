// The box after the end: sealed once (number and hash written, casting refused from then on), rewritten in key order, and
// only then given out for opening.

import { createBoxHash } from '@votix/protocol';
import { readBallots } from '../storage/ballots.ts';
import { rewriteInKeyOrder } from '../storage/box-rewriting.ts';
import { deleteFailuresOfElection } from '../storage/codes.ts';
import { isApproved } from './approvals.ts';
import type { Database, Writer } from '../storage/database.ts';
import {
  type ElectionRow,
  findElection,
  listElectionsToSeal,
  lockElection,
  updateElection,
} from '../storage/elections.ts';
import { countSignatures } from '../storage/signatures.ts';
import { countVoters } from '../storage/voters.ts';
import { closeBoard } from './boards.ts';
import type { ConfirmedAdmin } from './scopes.ts';

async function closeBox(db: Database, tx: Writer, electionId: string): Promise<void> {
  const election = await lockElection(db, tx, electionId);
  const now = await db.now(tx);
  if (!election || election.armed_at === null || election.sealed_at !== null) return;
  // An abandoned box is sealed and rewritten too: nothing of the order of arrival may stay.
  if (now < election.closes_at && election.abandoned_at === null) return;
  const { ballots, hash } = await countedBox(db, tx, election);
  await deleteFailuresOfElection(tx, electionId);
  await updateElection(tx, electionId, {
    sealed_at: now,
    ballot_count: ballots,
    box_hash: hash,
    signature_count: await countSignatures(tx, electionId),
    registered_count: await countVoters(tx, electionId),
  });
}

/** Of a verifiable election the board's last event stands for the box: it is bound to every ballot before it. */
async function countedBox(
  db: Database,
  tx: Writer,
  { id, sealing }: ElectionRow,
): Promise<{ readonly ballots: number; readonly hash: string }> {
  const hash = createBoxHash();
  let ballots = 0;
  for await (const rows of readBallots(tx, id)) {
    if (sealing === 'sealed-box') for (const { ballot } of rows) hash.add(ballot);
    ballots += rows.length;
  }
  return { ballots, hash: sealing === 'sealed-box' ? hash.digest() : (await closeBoard(db, tx, id)).hash };
}

/** Seals and rewrites; takes up again what a crash left half-way; does nothing before the end. */
export async function sealBox(db: Database, electionId: string): Promise<void> {
  await db.write((tx) => closeBox(db, tx, electionId));
  const election = await findElection(db.reader, electionId);
  if (!election || election.sealed_at === null || election.rewritten_at !== null) return;
  if (!(await rewriteInKeyOrder(db))) return;
  await db.write(async (tx) => updateElection(tx, electionId, { rewritten_at: await db.now(tx) }));
}

export async function sealDueBoxes(db: Database): Promise<void> {
  const errors: unknown[] = [];
  for (const id of await listElectionsToSeal(db.reader, await db.now()))
    await sealBox(db, id).catch((error: unknown) => errors.push(error)); // one that fails keeps no other waiting
  if (errors.length > 0)
    throw errors.length === 1 ? errors[0] : new AggregateError(errors, 'Some boxes were not sealed.');
}

export type OpenableBox =
  | { readonly ok: true; readonly election: SealedElection; readonly ballots: AsyncGenerator<readonly string[]> }
  | {
      readonly ok: false;
      readonly reason:
        | 'unknown-election'
        | 'other-sealing'
        | 'election-abandoned'
        | 'box-not-sealed'
        | 'below-minimum'
        | 'already-deliberated';
    };

export type SealedElection = ElectionRow & { readonly ballot_count: number; readonly box_hash: string };

const isSealed = (election: ElectionRow): election is SealedElection =>
  election.sealed_at !== null && election.rewritten_at !== null;

export type Openable = { readonly ok: true; readonly election: SealedElection } | Extract<OpenableBox, { ok: false }>;

/** Whether this box may be opened now. */
export function openable(election: ElectionRow | undefined): Openable {
  if (!election) return { ok: false, reason: 'unknown-election' };
  if (election.abandoned_at !== null) return { ok: false, reason: 'election-abandoned' };
  if (!isSealed(election)) return { ok: false, reason: 'box-not-sealed' };
  if (election.deliberated_at !== null) return { ok: false, reason: 'already-deliberated' };
  if (election.ballot_count < election.minimum_ballots) return { ok: false, reason: 'below-minimum' };
  return { ok: true, election };
}

/** The sealed ballots in the order of their receipts, for the key holder's page; whoever has them and the key can open them. */
export async function readBox(
  db: Database,
  actor: ConfirmedAdmin,
  electionId: string,
): Promise<OpenableBox | { readonly ok: false; readonly reason: 'second-administrator-needed' }> {
  const election = await findElection(db.reader, electionId);
  if (election?.sealing === 'verifiable') return { ok: false, reason: 'other-sealing' }; // opened by its trustees
  const found = openable(election);
  if (!found.ok) return found;
  const gated = { deed: 'deliberate', election: found.election, target: found.election.box_hash } as const;
  if (!(await isApproved(db, actor, gated))) return { ok: false, reason: 'second-administrator-needed' };
  return { ...found, ballots: ballotChunks(db, electionId) };
}

/** The box in chunks, in the order of the receipts. */
export async function* ballotChunks(db: Database, electionId: string): AsyncGenerator<readonly string[]> {
  for await (const rows of readBallots(db.reader, electionId)) yield rows.map(({ ballot }) => ballot);
}
