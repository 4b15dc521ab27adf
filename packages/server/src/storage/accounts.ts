// Administrators, technicians, observers.

import type { Reader, Writer } from './database.ts';
import type { AccountsTable } from './tables.ts';

export type AccountRow = AccountsTable;

export async function insertAccount(tx: Writer, account: AccountRow): Promise<void> {
  await tx.insertInto('accounts').values(account).execute();
}

export async function findAccountByEmail(db: Reader, emailKey: string): Promise<AccountRow | undefined> {
  return db.selectFrom('accounts').selectAll().where('email_key', '=', emailKey).executeTakeFirst();
}

export async function findAccount(db: Reader, id: string): Promise<AccountRow | undefined> {
  return db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirst();
}
