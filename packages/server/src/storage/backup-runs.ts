// The row of the scheduled backups.

import type { Reader, Writer } from './database.ts';
import type { BackupRunsTable, Instant } from './tables.ts';

export type BackupRun = BackupRunsTable;

const name = 'scheduled';

/** Undefined before the server has thought of it for the first time. */
export async function findBackupRun(db: Reader): Promise<BackupRun | undefined> {
  return db.selectFrom('backup_runs').selectAll().where('name', '=', name).executeTakeFirst();
}

export async function insertBackupRun(tx: Writer, dueAt: Instant): Promise<void> {
  await tx
    .insertInto('backup_runs')
    .values({
      name,
      due_at: dueAt,
      lease_until: 0,
      taken_at: null,
      file: '',
      bytes: 0,
      voting: 0,
      failed_at: null,
      fault: '',
    })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
}

export interface BackupClaim {
  readonly now: Instant;
  readonly dueBefore: Instant;
  readonly leaseUntil: Instant;
  /** When the last one was taken, as it was seen: if another process has taken one since, this one is not due any more. */
  readonly takenAt: Instant | null;
}

/** True for the one process that may take the backup now; others may when the lease has run out. */
export async function leaseBackupRun(
  tx: Writer,
  { now, dueBefore, leaseUntil, takenAt }: BackupClaim,
): Promise<boolean> {
  const leased = await tx
    .updateTable('backup_runs')
    .set({ lease_until: leaseUntil })
    .where('name', '=', name)
    .where('due_at', '<=', dueBefore)
    .where('lease_until', '<=', now)
    .where('taken_at', takenAt === null ? 'is' : '=', takenAt)
    .returning('name')
    .execute();
  return leased.length === 1;
}

export async function updateBackupRun(tx: Writer, values: Partial<Omit<BackupRun, 'name'>>): Promise<void> {
  await tx.updateTable('backup_runs').set(values).where('name', '=', name).execute();
}
