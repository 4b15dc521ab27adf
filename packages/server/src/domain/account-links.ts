// The one-time link with which somebody chooses their password: handed over by an administrator, valid for three days, or
// mailed to whoever has lost theirs, valid for an hour. Kept as a hash only. Opening it changes nothing; choosing the password
// takes it.

import { createHash, randomBytes } from 'node:crypto';
import {
  deleteAccountLinks,
  findAccountLink,
  type LinkTable,
  replaceAccountLink,
  takeAccountLink,
} from '../storage/account-links.ts';
import { type AccountRow, findAccount, updateAccount } from '../storage/accounts.ts';
import type { Database, Writer } from '../storage/database.ts';
import { deleteSessionsOf } from '../storage/sessions.ts';
import type { Instant } from '../storage/tables.ts';
import { recordAudit } from './audit-log.ts';
import { hashPassword } from './passwords.ts';

export const accountLinkHours = 72;
export const mailedLinkMinutes = 60;

const minutes = 60_000;
const validMs: Readonly<Record<LinkTable, number>> = {
  account_links: accountLinkHours * 60 * minutes,
  password_resets: mailedLinkMinutes * minutes,
};

export interface IssuedLink {
  /** For whoever hands it over; it cannot be read again. */
  readonly token: string;
  readonly expiresAt: Instant;
}

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');

async function issue(tx: Writer, table: LinkTable, accountId: string, now: Instant): Promise<IssuedLink> {
  const token = randomBytes(24).toString('base64url');
  const expiresAt = now + validMs[table];
  await replaceAccountLink(tx, table, { link_hash: hashOf(token), account_id: accountId, expires_at: expiresAt }, now);
  return { token, expiresAt };
}

export const issueAccountLink = (tx: Writer, accountId: string, now: Instant): Promise<IssuedLink> =>
  issue(tx, 'account_links', accountId, now);

export const issueMailedLink = (tx: Writer, accountId: string, now: Instant): Promise<IssuedLink> =>
  issue(tx, 'password_resets', accountId, now);

/** Undefined for a link that is unknown, used, replaced or too old: nobody learns which. */
export async function readAccountLink(db: Database, token: string): Promise<AccountRow | undefined> {
  const link = await findAccountLink(db.reader, hashOf(token));
  if (!link || link.expires_at <= (await db.now())) return undefined;
  return findAccount(db.reader, link.account_id);
}

export type Chosen =
  { readonly ok: true; readonly accountId: string } | { readonly ok: false; readonly reason: 'account-link-invalid' };

/** Takes the link, with every other of the account, and ends every session that it had. */
export async function choosePassword(db: Database, token: string, password: string): Promise<Chosen> {
  const password_hash = await hashPassword(password);
  return db.write(async (tx) => {
    const link = await takeAccountLink(tx, hashOf(token));
    if (!link || link.expires_at <= (await db.now(tx))) return { ok: false, reason: 'account-link-invalid' };
    const { account_id: accountId } = link;
    await updateAccount(tx, accountId, { password_hash });
    await deleteAccountLinks(tx, accountId);
    await deleteSessionsOf(tx, accountId);
    const action = link.table === 'password_resets' ? 'password-reset' : 'password-chosen';
    await recordAudit(db, tx, { actor: 'system', action, subject: accountId });
    return { ok: true, accountId };
  });
}
