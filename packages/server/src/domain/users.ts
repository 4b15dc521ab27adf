// Who may work with this instance: administrators add people, change their roles and take them away. Nobody changes their
// own role or removes themselves, so that whoever acts is an administrator who stays: there is always one.

import { z } from 'zod';
import { deleteAccountLinks } from '../storage/account-links.ts';
import {
  type AccountRow,
  deleteAccount,
  findAccount,
  findAccountByEmail,
  insertNewAccount,
  listAccounts,
  lockAdmins,
  updateAccount,
} from '../storage/accounts.ts';
import type { Database, Writer } from '../storage/database.ts';
import { deleteSessionsOf } from '../storage/sessions.ts';
import type { Instant } from '../storage/tables.ts';
import { type IssuedLink, issueAccountLink } from './account-links.ts';
import { accountSchema, emailKey, newAccount } from './accounts.ts';
import { isTwoPersonRule } from './approvals.ts';
import { type Actor, recordAudit } from './audit-log.ts';
import type { ConfirmedAdmin } from './scopes.ts';

export { findAccount, listAccounts };

export const roles = ['admin', 'technician', 'observer'] as const;
export type Role = (typeof roles)[number];

export const userSchema = accountSchema.omit({ password: true }).extend({ role: z.enum(roles) });
export type UserDraft = Readonly<z.infer<typeof userSchema>>;

type UserRefusal = {
  readonly ok: false;
  readonly reason: 'unknown-account' | 'role-required' | 'known-email' | 'own-account' | 'two-person-rule';
};
const refuse = (reason: UserRefusal['reason']): UserRefusal => ({ ok: false, reason });
type Changed<T = object> = ({ readonly ok: true } & T) | UserRefusal;

/** An account without a password: its link is for whoever is to use it. */
export async function addUser(
  db: Database,
  actor: ConfirmedAdmin,
  { role, ...person }: UserDraft,
): Promise<Changed<{ readonly id: string; readonly link: IssuedLink }>> {
  return asAdmin(db, actor, async (tx, now) => {
    if (role === 'admin' && (await isTwoPersonRule(tx))) return refuse('two-person-rule');
    const account = newAccount({ ...person, role, password_hash: '' }, now);
    if (!(await insertNewAccount(tx, account))) return refuse('known-email');
    const link = await issueAccountLink(tx, account.id, now);
    await recordAudit(db, tx, { actor, action: 'user-added', subject: account.id, details: { role } });
    return { ok: true, id: account.id, link };
  });
}

/** With a password from the start: only the command line, whose operator holds the whole instance, may do this. */
export async function createAccount(db: Database, actor: Actor, account: AccountRow): Promise<Changed> {
  return db.write(async (tx) => {
    if (!(await insertNewAccount(tx, account))) return refuse('known-email');
    await recordAudit(db, tx, { actor, action: 'user-added', subject: account.id, details: { role: account.role } });
    return { ok: true };
  });
}

/** For a password that was lost; only the command line may choose one for somebody. Ends every session of the account. */
export async function replacePassword(db: Database, actor: Actor, id: string, password_hash: string): Promise<void> {
  await db.write(async (tx) => {
    await updateAccount(tx, id, { password_hash });
    await deleteAccountLinks(tx, id);
    await deleteSessionsOf(tx, id);
    await recordAudit(db, tx, { actor, action: 'user-password-replaced', subject: id });
  });
}

/** Runs a change while no administrator's role can change, the actor's included: of two at once, the second waits. */
async function asAdmin<T extends object>(
  db: Database,
  actor: ConfirmedAdmin,
  work: (tx: Writer, now: Instant) => Promise<Changed<T>>,
): Promise<Changed<T>> {
  return db.write(async (tx) => {
    if (!(await lockAdmins(db, tx)).includes(actor.accountId)) return refuse('role-required');
    return work(tx, await db.now(tx));
  });
}

const changeUser = <T extends object>(
  db: Database,
  actor: ConfirmedAdmin,
  id: string,
  work: (tx: Writer, account: AccountRow, now: Instant) => Promise<Changed<T>>,
): Promise<Changed<T>> =>
  asAdmin(db, actor, async (tx, now) => {
    const account = await findAccount(tx, id);
    return account ? work(tx, account, now) : refuse('unknown-account');
  });

/**
 * While deeds take two administrators, one alone makes no second: neither a new one, nor by the address or a link of
 * another.
 */
const isProtected = async (
  tx: Writer,
  actor: ConfirmedAdmin,
  account: AccountRow,
  role: Role = account.role,
): Promise<boolean> =>
  account.id !== actor.accountId && [account.role, role].includes('admin') && (await isTwoPersonRule(tx));

/** Name and address of anyone, one's own included; a role of others only. What is taken away is gone with the next request. */
export const editUser = (db: Database, actor: ConfirmedAdmin, id: string, draft: UserDraft): Promise<Changed> =>
  changeUser(db, actor, id, async (tx, account) => {
    const { name, email, role } = draft;
    if (role !== account.role && account.id === actor.accountId) return refuse('own-account');
    if (await isProtected(tx, actor, account, role)) return refuse('two-person-rule');
    const holder = await findAccountByEmail(tx, emailKey(email));
    if (holder && holder.id !== id) return refuse('known-email');
    await updateAccount(tx, id, { name, email, email_key: emailKey(email), role });
    // Whoever reads the former address chooses no password any more.
    if (emailKey(email) !== account.email_key) await deleteAccountLinks(tx, id, ['password_resets']);
    const fields = (['name', 'email', 'role'] as const).filter((field) => draft[field] !== account[field]).join();
    const details = { fields, ...(role !== account.role && { from: account.role, to: role }) };
    if (fields !== '') await recordAudit(db, tx, { actor, action: 'user-edited', subject: id, details });
    return { ok: true };
  });

export const removeUser = (db: Database, actor: ConfirmedAdmin, id: string): Promise<Changed> =>
  changeUser(db, actor, id, async (tx, account) => {
    if (account.id === actor.accountId) return refuse('own-account');
    if (await isProtected(tx, actor, account)) return refuse('two-person-rule');
    await deleteAccount(tx, id); // its sessions and links go with it
    await recordAudit(db, tx, { actor, action: 'user-removed', subject: id, details: { role: account.role } });
    return { ok: true };
  });

export const endUserSessions = (
  db: Database,
  actor: ConfirmedAdmin,
  id: string,
): Promise<Changed<{ readonly ended: number }>> =>
  changeUser(db, actor, id, async (tx, account) => {
    if (account.id === actor.accountId) return refuse('own-account');
    const ended = await deleteSessionsOf(tx, id);
    await recordAudit(db, tx, { actor, action: 'user-sessions-ended', subject: id, details: { ended } });
    return { ok: true, ended };
  });

/** For a password that was lost, or a link that ran out; the former password holds until the link is used. */
export const renewUserLink = (
  db: Database,
  actor: ConfirmedAdmin,
  id: string,
): Promise<Changed<{ readonly link: IssuedLink }>> =>
  changeUser(db, actor, id, async (tx, account, now) => {
    if (account.id === actor.accountId) return refuse('own-account');
    if (await isProtected(tx, actor, account)) return refuse('two-person-rule');
    const link = await issueAccountLink(tx, id, now);
    await recordAudit(db, tx, { actor, action: 'user-link-issued', subject: id });
    return { ok: true, link };
  });
