// The trustees of an election in their order: found by keyed hash of their link, with what they have made so far.

import type { Updateable } from 'kysely';
import type { Reader, Writer } from './database.ts';
import type { TrusteesTable } from './tables.ts';

export type TrusteeRow = TrusteesTable;

export async function insertTrustee(tx: Writer, trustee: TrusteeRow): Promise<void> {
  await tx.insertInto('trustees').values(trustee).execute();
}

export async function listTrustees(db: Reader, electionId: string): Promise<TrusteeRow[]> {
  return db.selectFrom('trustees').selectAll().where('election_id', '=', electionId).orderBy('position').execute();
}

export async function findTrusteeByLink(db: Reader, linkHash: string): Promise<TrusteeRow | undefined> {
  return db.selectFrom('trustees').selectAll().where('link_hash', '=', linkHash).executeTakeFirst();
}

export async function updateTrustee(tx: Writer, id: string, values: Updateable<TrusteesTable>): Promise<void> {
  await tx.updateTable('trustees').set(values).where('id', '=', id).execute();
}

/** Of all trustees of an election. */
export async function updateTrustees(tx: Writer, electionId: string, values: Updateable<TrusteesTable>): Promise<void> {
  await tx.updateTable('trustees').set(values).where('election_id', '=', electionId).execute();
}

export async function deleteTrustee(tx: Writer, id: string): Promise<void> {
  await tx.deleteFrom('trustees').where('id', '=', id).execute();
}
