// Who is logged in. A session is found by the hash of its token; the token itself is only in the browser.

import type { Reader, Writer } from './database.ts';
import { deletePendingLoginsOf } from './pending-logins.ts';
import type { AccountsTable, Instant, SessionsTable } from './tables.ts';

export type SessionRow = SessionsTable & Pick<AccountsTable, 'name' | 'email' | 'role'>;

export async function insertSession(tx: Writer, session: SessionsTable): Promise<void> {
  await tx.insertInto('sessions').values(session).execute();
}

export async function findSession(db: Reader, tokenHash: string): Promise<SessionRow | undefined> {
  return db
    .selectFrom('sessions')
    .innerJoin('accounts', 'accounts.id', 'sessions.account_id')
    .selectAll('sessions')
    .select(['accounts.name', 'accounts.email', 'accounts.role'])
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst();
}

export async function touchSession(tx: Writer, tokenHash: string, seenAt: Instant): Promise<void> {
  await tx.updateTable('sessions').set({ seen_at: seenAt }).where('token_hash', '=', tokenHash).execute();
}

export async function deleteSession(tx: Writer, tokenHash: string): Promise<void> {
  await tx.deleteFrom('sessions').where('token_hash', '=', tokenHash).execute();
}

export async function deleteSessionsBefore(tx: Writer, limits: { seenAt: Instant; createdAt: Instant }): Promise<void> {
  await tx
    .deleteFrom('sessions')
    .where((or) => or.or([or('seen_at', '<', limits.seenAt), or('created_at', '<', limits.createdAt)]))
    .execute();
}

export async function listSessions(db: Reader, accountId: string): Promise<SessionsTable[]> {
  return db
    .selectFrom('sessions')
    .selectAll()
    .where('account_id', '=', accountId)
    .orderBy('seen_at', 'desc')
    .orderBy('token_hash')
    .execute();
}

/** How many there were, with the log-ins that have only begun; `kept` is the hash of the one that goes on. */
export async function deleteSessionsOf(tx: Writer, accountId: string, kept = ''): Promise<number> {
  await deletePendingLoginsOf(tx, accountId);
  const ended = await tx
    .deleteFrom('sessions')
    .where('account_id', '=', accountId)
    .where('token_hash', '!=', kept)
    .returning('token_hash')
    .execute();
  return ended.length;
}

/** True when this account had this session. */
export async function deleteSessionOf(tx: Writer, accountId: string, tokenHash: string): Promise<boolean> {
  const ended = await tx
    .deleteFrom('sessions')
    .where('account_id', '=', accountId)
    .where('token_hash', '=', tokenHash)
    .returning('token_hash')
    .execute();
  return ended.length === 1;
}

/** Everybody logs in again. */
export async function deleteAllSessions(tx: Writer): Promise<void> {
  await tx.deleteFrom('pending_logins').execute();
  await tx.deleteFrom('sessions').execute();
}
