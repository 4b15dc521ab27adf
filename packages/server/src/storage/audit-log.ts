// The audit log: insert-only, in the order of its chain. Casts never touch it.

import type { Reader, Writer } from './database.ts';
import type { AuditHeadTable, AuditLogTable } from './tables.ts';

export type AuditRow = AuditLogTable;

const head = 'head';

/** The end of the chain, locked until the transaction ends; made when it is missing. */
export async function lockAuditHead(tx: Writer): Promise<AuditHeadTable> {
  return tx
    .insertInto('audit_head')
    .values({ name: head, position: 0, hash: '' })
    .onConflict((conflict) => conflict.column('name').doUpdateSet((row) => ({ name: row.ref('excluded.name') })))
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function insertAuditEntry(tx: Writer, entry: AuditRow): Promise<void> {
  await tx.insertInto('audit_log').values(entry).execute();
  await tx
    .updateTable('audit_head')
    .set({ position: entry.position, hash: entry.hash })
    .where('name', '=', head)
    .execute();
}

/** The entries about one election with one of these actions, the oldest first. */
export async function listEntriesOf(db: Reader, electionId: string, actions: readonly string[]): Promise<AuditRow[]> {
  return db
    .selectFrom('audit_log')
    .selectAll()
    .where('election_id', '=', electionId)
    .where('action', 'in', actions)
    .orderBy('position')
    .execute();
}

export interface AuditEntryRow extends AuditRow {
  /** Of the account that acted. */
  name: string | null;
}

/** The entries about one election that carry a reason, the newest first. */
export async function listReasonedEntries(db: Reader, electionId: string, limit: number): Promise<AuditEntryRow[]> {
  return db
    .selectFrom('audit_log')
    .leftJoin('accounts', 'accounts.id', 'audit_log.actor')
    .selectAll('audit_log')
    .select('accounts.name')
    .where('election_id', '=', electionId)
    .where('reason', '!=', '')
    .orderBy('position', 'desc')
    .limit(limit)
    .execute();
}
