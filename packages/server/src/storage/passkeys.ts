// Passkeys: the public half of what somebody's phone or key signs with, and the challenges that wait for a signature.

import type { Reader, Writer } from './database.ts';
import type { Instant, PasskeyChallengesTable, PasskeysTable } from './tables.ts';

export type PasskeyRow = PasskeysTable;

/** False when somebody has this one already. */
export async function insertPasskey(tx: Writer, passkey: PasskeysTable): Promise<boolean> {
  const inserted = await tx
    .insertInto('passkeys')
    .values(passkey)
    .onConflict((conflict) => conflict.column('credential_id').doNothing())
    .returning('credential_id')
    .execute();
  return inserted.length === 1;
}

export async function findPasskey(db: Reader, credentialId: string): Promise<PasskeysTable | undefined> {
  return db.selectFrom('passkeys').selectAll().where('credential_id', '=', credentialId).executeTakeFirst();
}

export async function listPasskeys(db: Reader, accountId: string): Promise<PasskeysTable[]> {
  const found = db.selectFrom('passkeys').selectAll().where('account_id', '=', accountId);
  return found.orderBy('created_at').orderBy('credential_id').execute();
}

export async function countPasskeys(db: Reader, accountId: string): Promise<number> {
  const { n } = await db
    .selectFrom('passkeys')
    .select((count) => count.fn.countAll<number>().as('n'))
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow();
  return n;
}

/** False when it was used meanwhile, or is gone: its counter is no longer what was judged. */
export async function countPasskeyUse(
  tx: Writer,
  { credential_id, counter: before }: Pick<PasskeysTable, 'credential_id' | 'counter'>,
  use: { readonly counter: number; readonly used_at: Instant },
): Promise<boolean> {
  const counted = await tx
    .updateTable('passkeys')
    .set(use)
    .where('credential_id', '=', credential_id)
    .where('counter', '=', before)
    .returning('credential_id')
    .execute();
  return counted.length === 1;
}

/** True when the account has it. */
export async function renamePasskeyOf(tx: Writer, accountId: string, id: string, name: string): Promise<boolean> {
  const renamed = await tx
    .updateTable('passkeys')
    .set({ name })
    .where('account_id', '=', accountId)
    .where('credential_id', '=', id)
    .returning('credential_id')
    .execute();
  return renamed.length === 1;
}

/** How many went; with `id` that one only. */
export async function deletePasskeysOf(tx: Writer, accountId: string, id?: string): Promise<number> {
  const all = tx.deleteFrom('passkeys').where('account_id', '=', accountId);
  const wanted = id === undefined ? all : all.where('credential_id', '=', id);
  return (await wanted.returning('credential_id').execute()).length;
}

/** Those that have run out are gone. */
export async function insertChallenge(tx: Writer, challenge: PasskeyChallengesTable, now: Instant): Promise<void> {
  await tx.deleteFrom('passkey_challenges').where('expires_at', '<=', now).execute();
  await tx.insertInto('passkey_challenges').values(challenge).execute();
}

/** The one that stood there, now gone: of several at once, one gets it. */
export async function takeChallenge(tx: Writer, hash: string): Promise<PasskeyChallengesTable | undefined> {
  return tx.deleteFrom('passkey_challenges').where('challenge_hash', '=', hash).returningAll().executeTakeFirst();
}
