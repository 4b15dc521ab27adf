// What an account shows besides its password: the secret of an authenticator app, and recovery codes by their hashes.

import type { Reader, Writer } from './database.ts';
import type { TotpSecretsTable } from './tables.ts';

export async function findTotpSecret(db: Reader, accountId: string): Promise<TotpSecretsTable | undefined> {
  return db.selectFrom('totp_secrets').selectAll().where('account_id', '=', accountId).executeTakeFirst();
}

/** Beside the secret in force, if there is one; a former one that was never finished is forgotten. */
export async function savePendingTotp(tx: Writer, accountId: string, pending: string): Promise<void> {
  await tx
    .insertInto('totp_secrets')
    .values({ account_id: accountId, sealed: null, pending, last_step: 0 })
    .onConflict((conflict) => conflict.column('account_id').doUpdateSet({ pending }))
    .execute();
}

/** False when another secret is being set up by now, or none. */
export async function activateTotp(tx: Writer, accountId: string, pending: string, step: number): Promise<boolean> {
  const updated = await tx
    .updateTable('totp_secrets')
    .set({ sealed: pending, pending: null, last_step: step })
    .where('account_id', '=', accountId)
    .where('pending', '=', pending)
    .returning('account_id')
    .execute();
  return updated.length === 1;
}

/** Each step once, and none before it; of several at once, whichever process they reach, one gets it. */
export async function takeTotpStep(tx: Writer, accountId: string, sealed: string, step: number): Promise<boolean> {
  const taken = await tx
    .updateTable('totp_secrets')
    .set({ last_step: step })
    .where('account_id', '=', accountId)
    .where('sealed', '=', sealed)
    .where('last_step', '<', step)
    .returning('account_id')
    .execute();
  return taken.length === 1;
}

/** True when one was in force or being set up. */
export async function deleteTotp(tx: Writer, accountId: string): Promise<boolean> {
  const deleted = await tx
    .deleteFrom('totp_secrets')
    .where('account_id', '=', accountId)
    .returning('account_id')
    .execute();
  return deleted.length === 1;
}

export async function countRecoveryCodes(db: Reader, accountId: string): Promise<number> {
  const { n } = await db
    .selectFrom('recovery_codes')
    .select((count) => count.fn.countAll<number>().as('n'))
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow();
  return n;
}

/** All former codes of the account are gone. */
export async function replaceRecoveryCodes(tx: Writer, accountId: string, hashes: readonly string[]): Promise<void> {
  await tx.deleteFrom('recovery_codes').where('account_id', '=', accountId).execute();
  if (hashes.length === 0) return;
  const rows = hashes.map((code_hash) => ({ account_id: accountId, code_hash }));
  await tx.insertInto('recovery_codes').values(rows).execute();
}

/** True when the account had this code: of several at once, one gets it. */
export async function takeRecoveryCode(tx: Writer, accountId: string, codeHash: string): Promise<boolean> {
  const taken = await tx
    .deleteFrom('recovery_codes')
    .where('account_id', '=', accountId)
    .where('code_hash', '=', codeHash)
    .returning('code_hash')
    .execute();
  return taken.length === 1;
}

/** The accounts that have a second factor in force. */
export async function listProtectedAccounts(db: Reader): Promise<string[]> {
  const apps = db.selectFrom('totp_secrets').select('account_id').where('sealed', 'is not', null);
  const rows = await apps.union(db.selectFrom('passkeys').select('account_id')).execute();
  return rows.map(({ account_id }) => account_id);
}
