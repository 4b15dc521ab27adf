// Administrators, technicians, observers.

import type { Updateable } from 'kysely';
import type { Database, Reader, Writer } from './database.ts';
import type { AccountsTable, Instant } from './tables.ts';

export type AccountRow = AccountsTable;

export async function insertAccount(tx: Writer, account: AccountRow): Promise<void> {
  await tx.insertInto('accounts').values(account).execute();
}

/** False when another account has this address. */
export async function insertNewAccount(tx: Writer, account: AccountRow): Promise<boolean> {
  const inserted = await tx
    .insertInto('accounts')
    .values(account)
    .onConflict((conflict) => conflict.column('email_key').doNothing())
    .returning('id')
    .execute();
  return inserted.length === 1;
}

export async function findAccountByEmail(db: Reader, emailKey: string): Promise<AccountRow | undefined> {
  return db.selectFrom('accounts').selectAll().where('email_key', '=', emailKey).executeTakeFirst();
}

export async function findAccount(db: Reader, id: string): Promise<AccountRow | undefined> {
  return db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirst();
}

export interface ListedAccount extends AccountRow {
  /** Until when the link to choose a password is valid; null when there is none. */
  readonly link_expires_at: Instant | null;
}

export async function listAccounts(db: Reader): Promise<ListedAccount[]> {
  return db
    .selectFrom('accounts')
    .leftJoin('account_links', 'account_links.account_id', 'accounts.id')
    .selectAll('accounts')
    .select('account_links.expires_at as link_expires_at')
    .orderBy('accounts.created_at')
    .orderBy('accounts.id')
    .execute();
}

/** Whether an administrator exists who could log in. */
export async function hasAdministrator(db: Reader): Promise<boolean> {
  const admins = db.selectFrom('accounts').select('id').where('role', '=', 'admin').where('password_hash', '!=', '');
  return (await admins.limit(1).executeTakeFirst()) !== undefined;
}

/** The administrators, held until the transaction ends: of two who demote each other, the second sees the first's deed. */
export async function lockAdmins(db: Database, tx: Writer): Promise<string[]> {
  const query = tx.selectFrom('accounts').select('id').where('role', '=', 'admin').orderBy('id');
  const rows = await (db.kind === 'postgres' ? query.forUpdate() : query).execute();
  return rows.map(({ id }) => id);
}

export async function updateAccount(tx: Writer, id: string, values: Updateable<AccountsTable>): Promise<void> {
  await tx.updateTable('accounts').set(values).where('id', '=', id).execute();
}

/** Sessions, links and second factors go with it. */
export async function deleteAccount(tx: Writer, id: string): Promise<void> {
  await tx.deleteFrom('accounts').where('id', '=', id).execute();
}
