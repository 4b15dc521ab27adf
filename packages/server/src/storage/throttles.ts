// Attempts per name (an account, an address), for pauses after too many.

import type { Writer } from './database.ts';
import type { Instant, ThrottlesTable } from './tables.ts';

export type ThrottleRow = ThrottlesTable;

/** The row of this name, locked until the transaction ends; made when it is missing. */
export async function lockThrottle(tx: Writer, name: string): Promise<ThrottleRow> {
  return tx
    .insertInto('throttles')
    .values({ name, attempts: 0, pauses: 0, paused_until: 0, seen_at: 0 })
    .onConflict((conflict) => conflict.column('name').doUpdateSet((row) => ({ name: row.ref('excluded.name') })))
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function saveThrottle(tx: Writer, { name, ...values }: ThrottleRow): Promise<void> {
  await tx.updateTable('throttles').set(values).where('name', '=', name).execute();
}

/** Those that nobody has tried under since, and that pause nobody any more. */
export async function deleteThrottlesBefore(
  tx: Writer,
  limits: { seenAt: Instant; pausedUntil: Instant },
): Promise<void> {
  await tx
    .deleteFrom('throttles')
    .where('seen_at', '<', limits.seenAt)
    .where('paused_until', '<', limits.pausedUntil)
    .execute();
}

export async function deleteThrottle(tx: Writer, name: string): Promise<void> {
  await tx.deleteFrom('throttles').where('name', '=', name).execute();
}
