// The one-time link with which somebody chooses their password: handed over by an administrator, valid for three days, kept
// as a hash only. Opening it changes nothing; choosing the password takes it.

import { createHash, randomBytes } from 'node:crypto';
import { findAccountLink, replaceAccountLink, takeAccountLink } from '../storage/account-links.ts';
import { type AccountRow, findAccount, updateAccount } from '../storage/accounts.ts';
import type { Database, Writer } from '../storage/database.ts';
import { deleteSessionsOf } from '../storage/sessions.ts';
import type { Instant } from '../storage/tables.ts';
import { recordAudit } from './audit-log.ts';
import { hashPassword } from './passwords.ts';

export const accountLinkHours = 72;

export interface IssuedLink {
  /** For whoever hands it over; it cannot be read again. */
  readonly token: string;
  readonly expiresAt: Instant;
}

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');

export async function issueAccountLink(tx: Writer, accountId: string, now: Instant): Promise<IssuedLink> {
  const token = randomBytes(24).toString('base64url');
  const expiresAt = now + accountLinkHours * 3_600_000;
  await replaceAccountLink(tx, { link_hash: hashOf(token), account_id: accountId, expires_at: expiresAt }, now);
  return { token, expiresAt };
}

/** Undefined for a link that is unknown, used, replaced or too old: nobody learns which. */
export async function readAccountLink(db: Database, token: string): Promise<AccountRow | undefined> {
  const link = await findAccountLink(db.reader, hashOf(token));
  if (!link || link.expires_at <= (await db.now())) return undefined;
  return findAccount(db.reader, link.account_id);
}

export type Chosen =
  { readonly ok: true; readonly accountId: string } | { readonly ok: false; readonly reason: 'account-link-invalid' };

/** Takes the link and ends every session that the account had. */
export async function choosePassword(db: Database, token: string, password: string): Promise<Chosen> {
  const password_hash = await hashPassword(password);
  return db.write(async (tx) => {
    const link = await takeAccountLink(tx, hashOf(token));
    if (!link || link.expires_at <= (await db.now(tx))) return { ok: false, reason: 'account-link-invalid' };
    await updateAccount(tx, link.account_id, { password_hash });
    await deleteSessionsOf(tx, link.account_id);
    await recordAudit(db, tx, { actor: 'system', action: 'password-chosen', subject: link.account_id });
    return { ok: true, accountId: link.account_id };
  });
}
