// Log-ins that have passed the password and wait for their second step, found by the hash of a token.

import type { Reader, Writer } from './database.ts';
import type { Instant, PendingLoginsTable } from './tables.ts';

/** Those that have run out are gone. */
export async function insertPendingLogin(tx: Writer, pending: PendingLoginsTable, now: Instant): Promise<void> {
  await tx.deleteFrom('pending_logins').where('expires_at', '<=', now).execute();
  await tx.insertInto('pending_logins').values(pending).execute();
}

export async function findPendingLogin(db: Reader, tokenHash: string): Promise<PendingLoginsTable | undefined> {
  return db.selectFrom('pending_logins').selectAll().where('token_hash', '=', tokenHash).executeTakeFirst();
}

/** The one that stood there, now gone: of several at once, one gets it. */
export async function takePendingLogin(tx: Writer, tokenHash: string): Promise<PendingLoginsTable | undefined> {
  return tx.deleteFrom('pending_logins').where('token_hash', '=', tokenHash).returningAll().executeTakeFirst();
}

export async function deletePendingLoginsOf(tx: Writer, accountId: string): Promise<void> {
  await tx.deleteFrom('pending_logins').where('account_id', '=', accountId).execute();
}
