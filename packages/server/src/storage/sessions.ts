// Who is logged in. A session is found by the hash of its token; the token itself is only in the browser.

import type { Reader, Writer } from './database.ts';
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
