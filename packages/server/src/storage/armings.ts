// Armings of verifiable elections on their way. One row an election, written again as it goes on.

import type { Reader, Writer } from './database.ts';
import type { ArmingsTable } from './tables.ts';

export type ArmingRow = ArmingsTable;

export async function findArming(db: Reader, electionId: string): Promise<ArmingRow | undefined> {
  return db.selectFrom('armings').selectAll().where('election_id', '=', electionId).executeTakeFirst();
}

/** Instead of the one that was there. */
export async function saveArming(tx: Writer, row: ArmingRow): Promise<void> {
  const { election_id: _, ...values } = row;
  await tx
    .insertInto('armings')
    .values(row)
    .onConflict((conflict) => conflict.column('election_id').doUpdateSet(values))
    .execute();
}

export async function deleteArming(tx: Writer, electionId: string): Promise<void> {
  await tx.deleteFrom('armings').where('election_id', '=', electionId).execute();
}
