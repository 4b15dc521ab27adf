// What everyone may change of their own account: the name, and the password after giving the present one.

import { z } from 'zod';
import { deleteAccountLinks } from '../storage/account-links.ts';
import { updateAccount } from '../storage/accounts.ts';
import type { Database } from '../storage/database.ts';
import { deleteSessionsOf } from '../storage/sessions.ts';
import { accountSchema, confirmPassword, type Login } from './accounts.ts';
import { recordAudit } from './audit-log.ts';
import { hashPassword } from './passwords.ts';
import type { Member } from './scopes.ts';
import type { Vault } from './vault.ts';

export const ownNameSchema = accountSchema.pick({ name: true });
/** The same rule wherever a password is chosen. */
export const newPasswordSchema = z.strictObject({ password: accountSchema.shape.password });

export async function renameOwnAccount(db: Database, actor: Member, name: string): Promise<void> {
  await db.write(async (tx) => {
    await updateAccount(tx, actor.accountId, { name });
    await recordAudit(db, tx, {
      actor,
      action: 'user-edited',
      subject: actor.accountId,
      details: { fields: 'name' },
    });
  });
}

export interface PasswordChange {
  readonly current: string;
  readonly password: string;
  /** From where, for the pauses after too many wrong ones. */
  readonly address: string;
}

/** Ends every session of the account and voids every link to choose another one; whoever changed it starts a new session. */
export async function changePassword(
  db: Database,
  vault: Vault,
  actor: Member,
  { current, password, address }: PasswordChange,
): Promise<Login> {
  const { accountId } = actor;
  const confirmed = await confirmPassword(db, vault, { accountId, password: current, address });
  if (!confirmed.ok) return confirmed;
  const password_hash = await hashPassword(password);
  await db.write(async (tx) => {
    await updateAccount(tx, accountId, { password_hash });
    await deleteAccountLinks(tx, accountId);
    await deleteSessionsOf(tx, accountId);
    await recordAudit(db, tx, { actor, action: 'password-changed', subject: accountId });
  });
  return confirmed;
}
