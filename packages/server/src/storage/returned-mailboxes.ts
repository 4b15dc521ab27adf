// Where the reading of a mailbox stands (RFC 3501 §2.3.1.1: a UID counts only under its UIDVALIDITY), shared by all processes.

import type { Reader, Writer } from './database.ts';
import type { Instant, ReturnedMailboxesTable } from './tables.ts';

export async function findReturnedMailbox(db: Reader, name: string): Promise<ReturnedMailboxesTable | undefined> {
  return db.selectFrom('returned_mailboxes').selectAll().where('name', '=', name).executeTakeFirst();
}

/** The mailbox, for whoever gets the turn: nobody else is reading, and the last look is long enough ago. */
export async function takeTurn(
  tx: Writer,
  name: string,
  { now, leaseUntil, notSince }: { readonly now: Instant; readonly leaseUntil: Instant; readonly notSince: Instant },
): Promise<ReturnedMailboxesTable | undefined> {
  await tx
    .insertInto('returned_mailboxes')
    .values({ name, validity: '', uid: 0, lease_until: 0, looked_at: 0, problem: '' })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
  return tx
    .updateTable('returned_mailboxes')
    .set({ lease_until: leaseUntil })
    .where('name', '=', name)
    .where('lease_until', '<', now)
    .where('looked_at', '<=', notSince)
    .returningAll()
    .executeTakeFirst();
}

export async function updateReturnedMailbox(
  tx: Writer,
  name: string,
  values: Partial<Omit<ReturnedMailboxesTable, 'name'>>,
): Promise<void> {
  await tx.updateTable('returned_mailboxes').set(values).where('name', '=', name).execute();
}
