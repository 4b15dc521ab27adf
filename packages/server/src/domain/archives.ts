// What happens to an election that is over: it is archived, and once its retention time has passed everything about its
// voters is deleted. Record, result, audit log, signing list (ids that name nobody any more) and all counts stay.

import { deleteImports, deleteVoterSlice, listElectionsToPurge, listRehearsals } from '../storage/erasure.ts';
import type { Database, Writer } from '../storage/database.ts';
import { type ElectionRow, findElection, lockElection, updateElection } from '../storage/elections.ts';
import type { Instant } from '../storage/tables.ts';
import { type Actor, recordAudit } from './audit-log.ts';
import { readRegistered } from './participation.ts';
import { eraseRehearsal } from './rehearsals.ts';
import type { Admin, ConfirmedAdmin } from './scopes.ts';

const day = 86_400_000;

export type Archived =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'unknown-election' | 'election-not-over' | 'is-rehearsal' };

const isFinished = ({ published_at, abandoned_at }: ElectionRow): boolean =>
  published_at !== null || abandoned_at !== null;

async function archive(db: Database, tx: Writer, actor: Actor, id: string): Promise<Archived> {
  const election = await lockElection(db, tx, id);
  if (!election) return { ok: false, reason: 'unknown-election' };
  if (election.rehearsal_of !== null) return { ok: false, reason: 'is-rehearsal' };
  if (!isFinished(election)) return { ok: false, reason: 'election-not-over' };
  if (election.archived_at !== null) return { ok: true };
  await updateElection(tx, id, { archived_at: await db.now(tx) });
  await recordAudit(db, tx, { actor, action: 'election-archived', electionId: id });
  return { ok: true };
}

/** Archiving twice is archiving once. */
export const archiveElection = (db: Database, actor: Admin, id: string): Promise<Archived> =>
  db.write((tx) => archive(db, tx, actor, id));

/** From then on the voters' data are deleted: so many days after the end, or after the day it was abandoned before it. */
export function purgeDue({ closes_at, abandoned_at }: ElectionRow, retentionDays: number): Instant {
  return Math.min(closes_at, abandoned_at ?? closes_at) + retentionDays * day;
}

export type Purged =
  | { readonly ok: true; readonly done: boolean }
  | { readonly ok: false; readonly reason: 'unknown-election' | 'not-archived' | 'retention-not-over' };

const slice = 500;

/** One slice in one transaction, so that casts of other elections never wait long; what is left comes with the next. */
async function purgeSlice(db: Database, id: string, retentionDays: number): Promise<Purged> {
  return db.write(async (tx) => {
    const election = await lockElection(db, tx, id);
    if (!election) return { ok: false, reason: 'unknown-election' };
    if (election.archived_at === null) return { ok: false, reason: 'not-archived' };
    if ((await db.now(tx)) < purgeDue(election, retentionDays)) return { ok: false, reason: 'retention-not-over' };
    if ((await deleteVoterSlice(tx, id, slice)) === slice) return { ok: true, done: false };
    await deleteImports(tx, id);
    for (const rehearsal of await listRehearsals(tx, id)) await eraseRehearsal(tx, rehearsal);
    return { ok: true, done: true };
  });
}

/** Of two that purge at once, one is written down. */
async function markPurged(db: Database, actor: Actor, id: string): Promise<void> {
  await db.write(async (tx) => {
    const election = await lockElection(db, tx, id);
    if (election?.purged_at !== null) return;
    await updateElection(tx, id, { purged_at: await db.now(tx) });
    const details = { voters: await readRegistered(tx, id) };
    await recordAudit(db, tx, { actor, action: 'election-purged', electionId: id, details });
  });
}

/** Purged only once SQLite's file is written anew, in which deleted rows stay readable: what fails there is tried again. */
async function purge(db: Database, actor: Actor, id: string, retentionDays: number, most: number): Promise<Purged> {
  let purged = await purgeSlice(db, id, retentionDays);
  for (let done = 1; done < most && purged.ok && !purged.done; done++) purged = await purgeSlice(db, id, retentionDays);
  if (purged.ok && purged.done) {
    await db.compact();
    await markPurged(db, actor, id);
  }
  return purged;
}

/** By hand, once the time has come. A second time deletes nothing more. */
export async function purgeElection(
  db: Database,
  actor: ConfirmedAdmin,
  id: string,
  retentionDays: number,
): Promise<Purged> {
  const before = await findElection(db.reader, id);
  if (before && before.purged_at !== null) return { ok: true, done: true };
  return purge(db, actor, id, retentionDays, Infinity);
}

const slicesPerRun = 20;

/** By itself: what is over and was kept long enough is archived and purged; at most so many slices of each election. */
export async function purgeDueElections(db: Database, retentionDays: number): Promise<void> {
  const endedBefore = (await db.now()) - retentionDays * day;
  for (const id of await listElectionsToPurge(db.reader, endedBefore)) {
    await db.write((tx) => archive(db, tx, 'system', id));
    const purged = await purge(db, 'system', id, retentionDays, slicesPerRun);
    if (purged.ok && !purged.done) return;
  }
}
