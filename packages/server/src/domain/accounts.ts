// Accounts, their passwords and the log-in.

import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type AccountRow, findAccount, findAccountByEmail } from '../storage/accounts.ts';
import type { Database } from '../storage/database.ts';
import type { Instant } from '../storage/tables.ts';
import { hashPassword, isPassword, passwordLength } from './passwords.ts';
import { nameOf } from './text.ts';
import { countAttempt, forgetAttempts } from './throttles.ts';
import type { Vault } from './vault.ts';

const minutes = 60_000;
const accountRule = { attempts: 5, pauseMs: 1 * minutes, longestPauseMs: 15 * minutes };
const addressRule = { attempts: 50, pauseMs: 5 * minutes, longestPauseMs: 60 * minutes };

export const accountSchema = z.strictObject({
  name: nameOf(120),
  email: z.email().max(254),
  password: z.string().min(passwordLength.min).max(passwordLength.max),
});

export type NewAccount = Readonly<z.infer<typeof accountSchema>>;

/** E-mail addresses are compared without case. */
export const emailKey = (email: string): string => email.normalize('NFC').toLowerCase();

export const newAccount = (
  account: Pick<AccountRow, 'name' | 'email' | 'role' | 'password_hash'>,
  now: Instant,
): AccountRow => ({ ...account, id: randomUUID(), email_key: emailKey(account.email), created_at: now });

export async function prepareAccount(
  { name, email, password }: NewAccount,
  role: AccountRow['role'],
  now: Instant,
): Promise<AccountRow> {
  return newAccount({ name, email, role, password_hash: await hashPassword(password) }, now);
}

export type Login =
  { readonly ok: true; readonly account: AccountRow } | { readonly ok: false; readonly reason: 'wrong-login' } | Paused;

export interface Paused {
  readonly ok: false;
  readonly reason: 'login-paused';
  readonly until: Instant;
}

// Verified when the account is unknown or has no password yet, so that all answers take the same time.
const nobody = hashPassword(randomUUID());

async function verified(account: AccountRow | undefined, password: string): Promise<Login> {
  const right = await isPassword(password, account?.password_hash || (await nobody));
  return account && right ? { ok: true, account } : { ok: false, reason: 'wrong-login' };
}

export interface LoginAttempt {
  readonly email: string;
  readonly password: string;
  readonly address: string;
}

export async function logIn(db: Database, vault: Vault, attempt: LoginAttempt): Promise<Login> {
  const account = await findAccountByEmail(db.reader, emailKey(attempt.email));
  const subject = `account ${emailKey(attempt.email)}`;
  return throttled(db, vault, { ...attempt, subject }, () => verified(account, attempt.password));
}

/**
 * The password again, before arming, deliberating, publishing or printing secrets. Counted apart from the public log-in:
 * whoever knows an administrator's e-mail must not be able to keep them from opening the box.
 */
export async function confirmPassword(
  db: Database,
  vault: Vault,
  attempt: { readonly accountId: string; readonly password: string; readonly address: string },
): Promise<Login> {
  const account = await findAccount(db.reader, attempt.accountId);
  const subject = `confirmation ${attempt.accountId}`;
  return throttled(db, vault, { ...attempt, subject }, () => verified(account, attempt.password));
}

/** Counts the attempt before it is made, under its subject and under the address it comes from. */
export async function throttled<T extends { readonly ok: boolean }>(
  db: Database,
  vault: Vault,
  attempt: { readonly subject: string; readonly address: string },
  verify: () => Promise<T>,
): Promise<T | Paused> {
  const ofSubject = vault.hash('throttle', attempt.subject);
  const ofAddress = vault.hash('throttle', `address ${attempt.address}`);
  const counted = await countAttempt(db, ofAddress, addressRule);
  const both = counted.ok ? await countAttempt(db, ofSubject, accountRule) : counted;
  if (!both.ok) return { ok: false, reason: 'login-paused', until: both.until };
  const verified = await verify();
  if (verified.ok) for (const name of [ofSubject, ofAddress]) await forgetAttempts(db, name);
  return verified;
}
