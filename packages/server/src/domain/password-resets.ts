// A lost password, asked for by anybody on the page of the log-in: the answer is the same whether the address has an account
// or not, and what depends on it is done after the answer. An address gets three mails an hour, whoever asks.

import { z } from 'zod';
import { findAccountByEmail } from '../storage/accounts.ts';
import type { Database } from '../storage/database.ts';
import { listProtectedAccounts } from '../storage/second-factors.ts';
import { type IssuedLink, issueMailedLink } from './account-links.ts';
import { accountSchema, emailKey, type Paused } from './accounts.ts';
import { isTwoPersonRule } from './approvals.ts';
import { recordAudit } from './audit-log.ts';
import { countAttempt } from './throttles.ts';
import type { Vault } from './vault.ts';

const minutes = 60_000;
/** A pause no longer than the last link is valid: whoever asks in another's name keeps nobody out. */
const addressRule = { attempts: 3, pauseMs: 60 * minutes, longestPauseMs: 60 * minutes };
const clientRule = { attempts: 20, pauseMs: 15 * minutes, longestPauseMs: 60 * minutes };

export const resetSchema = z.strictObject({ email: z.string().trim().pipe(accountSchema.shape.email) });

/** Counted for known and unknown addresses alike, so that a pause tells nothing either. */
export async function countReset(
  db: Database,
  vault: Vault,
  asked: { readonly email: string; readonly address: string },
): Promise<{ readonly ok: true } | Paused> {
  const counted = await countAttempt(db, vault.hash('throttle', `reset from ${asked.address}`), clientRule);
  const name = vault.hash('throttle', `reset of ${emailKey(asked.email)}`);
  const both = counted.ok ? await countAttempt(db, name, addressRule) : counted;
  return both.ok ? both : { ok: false, reason: 'login-paused', until: both.until };
}

export interface MailedLink extends IssuedLink {
  readonly name: string;
  /** As the account has it: what was typed may differ in case. */
  readonly email: string;
}

/** For the mail only. Undefined when nobody logs in with this address. */
export async function issueReset(db: Database, email: string): Promise<MailedLink | undefined> {
  return db.write(async (tx) => {
    const account = await findAccountByEmail(tx, emailKey(email));
    if (!account) return undefined;
    // Who can change the mail server could read the link, and set up a second step as this administrator.
    const isBare = account.role === 'admin' && !(await listProtectedAccounts(tx)).includes(account.id);
    if (isBare && (await isTwoPersonRule(tx))) return undefined;
    const link = await issueMailedLink(tx, account.id, await db.now(tx));
    await recordAudit(db, tx, { actor: 'system', action: 'password-reset-asked', subject: account.id });
    return { ...link, name: account.name, email: account.email };
  });
}
