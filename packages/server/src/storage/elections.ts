// Elections and what happened to them. Columns of a step are null until the step was taken.

import type { Updateable } from 'kysely';
import type { Database, Reader, Writer } from './database.ts';
import type { ElectionsTable, Instant } from './tables.ts';

export type ElectionRow = ElectionsTable;

export async function insertElection(tx: Writer, election: ElectionRow): Promise<void> {
  await tx.insertInto('elections').values(election).execute();
}

export async function findElection(db: Reader, id: string): Promise<ElectionRow | undefined> {
  return db.selectFrom('elections').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function listElections(db: Reader): Promise<ElectionRow[]> {
  return db.selectFrom('elections').selectAll().orderBy('opens_at', 'desc').orderBy('id').execute();
}

/** Held by every cast of this election until it commits: a box is not sealed while one is on its way. */
export async function shareElection(db: Database, tx: Writer, id: string): Promise<ElectionRow | undefined> {
  const query = tx.selectFrom('elections').selectAll().where('id', '=', id);
  return (db.kind === 'postgres' ? query.forShare() : query).executeTakeFirst();
}

/** Waits for every cast on its way, then keeps others out until the transaction ends. */
export async function lockElection(db: Database, tx: Writer, id: string): Promise<ElectionRow | undefined> {
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
