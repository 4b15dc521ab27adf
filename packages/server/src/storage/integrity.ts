// Outcomes of integrity checks: one row for each check of an election, and one for the audit log of the instance.

import type { Reader, Writer } from './database.ts';
import type { IntegrityChecksTable } from './tables.ts';

export type IntegrityRow = IntegrityChecksTable;

export async function listIntegrity(db: Reader, electionIds: readonly string[]): Promise<IntegrityRow[]> {
  return db.selectFrom('integrity_checks').selectAll().where('election_id', 'in', electionIds).execute();
}

const never = { due_at: 0, checked_at: null, fault: '', since: null, checks: 0, failures: 0, failed_at: null };

/** The row of a check, held until the transaction ends. */
export async function lockIntegrity(tx: Writer, electionId: string, name: string): Promise<IntegrityRow> {
  return tx
    .insertInto('integrity_checks')
    .values({ election_id: electionId, name, ...never })
    .onConflict((conflict) =>
      conflict.columns(['election_id', 'name']).doUpdateSet((row) => ({ name: row.ref('excluded.name') })),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function updateIntegrity(tx: Writer, row: IntegrityRow): Promise<void> {
  const { election_id, name, ...values } = row;
  await tx
    .updateTable('integrity_checks')
    .set(values)
    .where('election_id', '=', election_id)
    .where('name', '=', name)
    .execute();
}
