// Codes of authenticator apps (TOTP, RFC 6238): six digits, 30 seconds, SHA-1, which is what every app can. The secret is
// sealed, bound to its account; each step is taken once, by the database, so that a code seen over a shoulder is worth nothing.

import { Secret, TOTP } from 'otpauth';
import type { Database, Writer } from '../storage/database.ts';
import { activateTotp, findTotpSecret, savePendingTotp, takeTotpStep } from '../storage/second-factors.ts';
import type { Instant } from '../storage/tables.ts';
import type { ConfirmedMember } from './scopes.ts';
import type { Vault } from './vault.ts';

const periodSeconds = 30;
const secretBytes = 20; // RFC 4226 §4, R6 recommends 160 bits

const totpOf = (base32: string, named: { readonly issuer?: string; readonly label?: string } = {}) =>
  new TOTP({
    ...named,
    algorithm: 'SHA1',
    digits: 6,
    period: periodSeconds,
    secret: Secret.fromBase32(base32),
  });

/** Spaces tolerated; undefined when it can be no code of an app. */
const parseTotp = (typed: string): string | undefined => /^[0-9]{6}$/.exec(typed.replace(/\s/g, ''))?.[0];

/** The step of this code, one before and one after the present one included: clocks differ. */
function stepOf(base32: string, code: string, now: Instant): number | undefined {
  const delta = totpOf(base32).validate({ token: code, timestamp: now, window: 1 });
  return delta === null ? undefined : Math.floor(now / 1000 / periodSeconds) + delta;
}

/** A secret for an app, to be shown until its first code was typed. */
export async function startTotp(db: Database, vault: Vault, { accountId }: ConfirmedMember): Promise<void> {
  const sealed = await vault.seal('totp', accountId, new Secret({ size: secretBytes }).base32);
  await db.write((tx) => savePendingTotp(tx, accountId, sealed));
}

export interface TotpEnrolment {
  /** To be typed. */
  readonly key: string;
  /** To be scanned. */
  readonly uri: string;
}

/** Undefined when none is being set up. */
export async function readTotpEnrolment(
  db: Database,
  vault: Vault,
  actor: ConfirmedMember,
  named: { readonly issuer: string; readonly email: string },
): Promise<TotpEnrolment | undefined> {
  const row = await findTotpSecret(db.reader, actor.accountId);
  if (!row?.pending) return undefined;
  const key = await vault.open('totp', actor.accountId, row.pending);
  // A colon would end the issuer in the label of the address.
  const issuer = named.issuer.replaceAll(':', ' ');
  return { key, uri: totpOf(key, { issuer, label: named.email }).toString() };
}

/** What the first code of a new app is good for, to be done in a transaction; undefined for a wrong one. */
export async function checkFirstCode(
  db: Database,
  vault: Vault,
  accountId: string,
  typed: string,
): Promise<((tx: Writer) => Promise<boolean>) | undefined> {
  const [row, code] = [await findTotpSecret(db.reader, accountId), parseTotp(typed)];
  if (!row?.pending || code === undefined) return undefined;
  const { pending } = row;
  const step = stepOf(await vault.open('totp', accountId, pending), code, await db.now());
  return step === undefined ? undefined : (tx) => activateTotp(tx, accountId, pending, step);
}

/** Whether the app in force shows this code now, and it was not used before. */
export async function takeTotp(db: Database, vault: Vault, accountId: string, typed: string): Promise<boolean> {
  const [row, code] = [await findTotpSecret(db.reader, accountId), parseTotp(typed)];
  if (!row?.sealed || code === undefined) return false;
  const { sealed } = row;
  const step = stepOf(await vault.open('totp', accountId, sealed), code, await db.now());
  return step !== undefined && (await db.write((tx) => takeTotpStep(tx, accountId, sealed, step)));
}
