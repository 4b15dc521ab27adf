// Between the right password and the second step: a token of its own that opens nothing, for ten minutes. The session
// that follows gets another one.

import { randomBytes } from 'node:crypto';
import type { Database } from '../storage/database.ts';
import { findPendingLogin, insertPendingLogin, takePendingLogin } from '../storage/pending-logins.ts';
import { type Checked, checkSecondStep } from './second-factors.ts';
import { tokenHash } from './sessions.ts';
import type { Vault } from './vault.ts';

export const pendingLoginMs = 10 * 60_000;

export async function startPendingLogin(db: Database, accountId: string): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await db.write(async (tx) => {
    const now = await db.now(tx);
    const pending = { token_hash: tokenHash(token), account_id: accountId, expires_at: now + pendingLoginMs };
    await insertPendingLogin(tx, pending, now);
  });
  return token;
}

/** Whose log-in it is; undefined once it is over. */
export async function readPendingLogin(db: Database, token: string): Promise<string | undefined> {
  const row = await findPendingLogin(db.reader, tokenHash(token));
  return row && row.expires_at > (await db.now()) ? row.account_id : undefined;
}

/** Whose it was; of several at once, one gets it. */
export async function endPendingLogin(db: Database, token: string): Promise<string | undefined> {
  return db.write(async (tx) => {
    const row = await takePendingLogin(tx, tokenHash(token));
    return row && row.expires_at > (await db.now(tx)) ? row.account_id : undefined;
  });
}

export type Finished =
  | { readonly ok: true; readonly accountId: string }
  | { readonly ok: false; readonly reason: 'login-required' }
  | Extract<Checked, { ok: false }>;

export async function finishPendingLogin(
  db: Database,
  vault: Vault,
  { token, typed, address }: { readonly token: string; readonly typed: string; readonly address: string },
): Promise<Finished> {
  const accountId = await readPendingLogin(db, token);
  if (accountId === undefined) return { ok: false, reason: 'login-required' };
  const checked = await checkSecondStep(db, vault, { accountId, typed, address });
  if (!checked.ok) return checked;
  const ended = await endPendingLogin(db, token);
  return ended === undefined ? { ok: false, reason: 'login-required' } : { ok: true, accountId: ended };
}
