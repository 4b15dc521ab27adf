// Elections and what happened to them. Columns of a step are null until the step was taken.

import { sql, type Updateable } from 'kysely';
import type { Database, Reader, Writer } from './database.ts';
import { prepared } from './prepared.ts';
import type { ElectionsTable, Instant } from './tables.ts';

export type ElectionRow = ElectionsTable;

export async function insertElection(tx: Writer, election: ElectionRow): Promise<void> {
  await tx.insertInto('elections').values(election).execute();
}

const electionsOf = prepared((db, id: string) => db.selectFrom('elections').selectAll().where('id', '=', id));

export async function findElection(db: Reader, id: string): Promise<ElectionRow | undefined> {
  return (await electionsOf(db, id))[0];
}

export async function listElections(db: Reader): Promise<ElectionRow[]> {
  return db.selectFrom('elections').selectAll().orderBy('opens_at', 'desc').orderBy('id').execute();
}

/**
 * The lock of an election on PostgreSQL. An advisory one: who asks for it alone stands in a queue with those who share it. For
 * a row's lock a sealing could wait for ever while casts, late ones too, take turns in sharing it; and sharing it writes.
 */
const lockOf = (id: string) => sql`hashtextextended(${`election ${id}`}, 0)`;

/** Held by every cast of this election until it commits: a box is not sealed while one is on its way. */
export async function shareElection(db: Database, tx: Writer, id: string): Promise<ElectionRow | undefined> {
  if (db.kind === 'postgres') await sql`SELECT pg_advisory_xact_lock_shared(${lockOf(id)})`.execute(tx);
  return findElection(tx, id);
}

/**
 * The same for a commit of casts, in one statement with the locks of its voters: tries of the same voter come one after
 * another, in every process.
 */
export async function shareElectionWith(
  db: Database,
  tx: Writer,
  id: string,
  voterIds: readonly string[],
): Promise<ElectionRow | undefined> {
  if (db.kind === 'postgres') {
    const voters = [...new Set(voterIds)].sort(); // two commits never wait for each other in a circle
    await sql`SELECT pg_advisory_xact_lock_shared(${lockOf(id)}) UNION ALL
      SELECT pg_advisory_xact_lock(hashtextextended(voter, 0)) FROM unnest(${voters}::text[]) AS voter`.execute(tx);
  }
  return findElection(tx, id);
}

/** Waits for every cast on its way, then keeps others out until the transaction ends. */
export async function lockElection(db: Database, tx: Writer, id: string): Promise<ElectionRow | undefined> {
  if (db.kind === 'postgres') await sql`SELECT pg_advisory_xact_lock(${lockOf(id)})`.execute(tx);
  const query = tx.selectFrom('elections').selectAll().where('id', '=', id);
  return (db.kind === 'postgres' ? query.forUpdate() : query).executeTakeFirst();
}

export async function updateElection(tx: Writer, id: string, values: Updateable<ElectionsTable>): Promise<void> {
  await tx.updateTable('elections').set(values).where('id', '=', id).execute();
}

export async function listElectionsToSeal(db: Reader, now: Instant): Promise<string[]> {
  const rows = await db
    .selectFrom('elections')
    .select('id')
    .where('armed_at', 'is not', null)
    .where('rewritten_at', 'is', null)
    .where((where) => where.or([where('closes_at', '<=', now), where('abandoned_at', 'is not', null)]))
    .execute();
  return rows.map((row) => row.id);
}
