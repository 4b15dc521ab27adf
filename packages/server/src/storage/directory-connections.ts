// The directory that the instance is connected to; what is secret about it stands here sealed.

import type { Reader, Writer } from './database.ts';
import type { DirectoryConnectionsTable, Instant } from './tables.ts';

export type DirectoryRow = DirectoryConnectionsTable;
type Provider = DirectoryRow['provider'];

export async function findDirectory(db: Reader, provider: Provider): Promise<DirectoryRow | undefined> {
  return db.selectFrom('directory_connections').selectAll().where('provider', '=', provider).executeTakeFirst();
}

/** In the place of the former one. */
export async function saveDirectory(tx: Writer, row: DirectoryRow): Promise<void> {
  await tx
    .insertInto('directory_connections')
    .values(row)
    .onConflict((conflict) => conflict.column('provider').doUpdateSet(row))
    .execute();
}

/** Nothing happens to a connection that another has replaced meanwhile. */
export async function updateDirectory(
  tx: Writer,
  id: string,
  values: Partial<Omit<DirectoryRow, 'provider' | 'id'>>,
): Promise<void> {
  await tx.updateTable('directory_connections').set(values).where('id', '=', id).execute();
}

/** The connection, for whoever gets the turn: its short-lived token is old, and nobody is renewing it. */
export async function takeRefresh(
  tx: Writer,
  id: string,
  { now, leaseUntil, oldAt }: { readonly now: Instant; readonly leaseUntil: Instant; readonly oldAt: Instant },
): Promise<DirectoryRow | undefined> {
  return tx
    .updateTable('directory_connections')
    .set({ lease_until: leaseUntil })
    .where('id', '=', id)
    .where('lease_until', '<', now)
    .where('access_until', '<=', oldAt)
    .returningAll()
    .executeTakeFirst();
}

/** The short-lived token is not taken any more, unless somebody has renewed it already. */
export async function dropAccess(tx: Writer, id: string, access: string): Promise<void> {
  await tx
    .updateTable('directory_connections')
    .set({ access: null, access_until: 0 })
    .where('id', '=', id)
    .where('access', '=', access)
    .execute();
}

/** True when it was there: of several at once, one. */
export async function deleteDirectory(tx: Writer, id: string): Promise<boolean> {
  const gone = await tx.deleteFrom('directory_connections').where('id', '=', id).returning('id').execute();
  return gone.length === 1;
}
