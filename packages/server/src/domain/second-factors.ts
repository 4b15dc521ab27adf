// The second step of a log-in: what an account has for it, setting it up and taking it away, and whether the code that was
// typed is right. Ten recovery codes, each for one time, stand in for a lost phone.

import type { Database, Reader, Writer } from '../storage/database.ts';
import { countPasskeys, deletePasskeysOf, insertPasskey, renamePasskeyOf } from '../storage/passkeys.ts';
import {
  countRecoveryCodes,
  deleteTotp,
  findTotpSecret,
  listProtectedAccounts,
  replaceRecoveryCodes,
  takeRecoveryCode,
} from '../storage/second-factors.ts';
import { deleteSessionsOf } from '../storage/sessions.ts';
import { type Paused, throttled } from './accounts.ts';
import { type Actor, recordAudit } from './audit-log.ts';
import { makeKey, parseKey } from './links.ts';
import { type Site, verifyRegistration } from './passkeys.ts';
import { type ConfirmedMember, memberScope } from './scopes.ts';
import { tokenHash } from './sessions.ts';
import { nameOf } from './text.ts';
import { checkFirstCode, takeTotp } from './totp.ts';
import type { Vault } from './vault.ts';

export { listProtectedAccounts };

const recoveryCodeCount = 10;

export interface SecondFactors {
  readonly app: boolean;
  readonly passkeys: number;
  /** Not used yet. */
  readonly recoveryCodes: number;
  /** A password alone opens nothing. */
  readonly isNeeded: boolean;
}

export async function readSecondFactors(db: Reader, accountId: string): Promise<SecondFactors> {
  const [totp, recoveryCodes] = [await findTotpSecret(db, accountId), await countRecoveryCodes(db, accountId)];
  const [app, passkeys] = [typeof totp?.sealed === 'string', await countPasskeys(db, accountId)];
  return { app, passkeys, recoveryCodes, isNeeded: app || passkeys > 0 };
}

const wrong = { ok: false, reason: 'wrong-second-factor' } as const;
type Wrong = typeof wrong;

const makeCodes = () => Array.from({ length: recoveryCodeCount }, makeKey);

/** Bound to its account: no hash tells that two accounts have the same code. */
const hashesOf = (vault: Vault, accountId: string, codes: readonly string[]) =>
  codes.map((code) => vault.hash('recovery', `${accountId} ${code}`));

export interface Setting {
  readonly db: Database;
  readonly vault: Vault;
  /** The session that goes on; every other one ends. */
  readonly token: string;
}

export type Added =
  /** The recovery codes, when there were none: to be shown this once. */
  { readonly ok: true; readonly codes: readonly string[] } | Wrong;

/** Finishes what startTotp began: the app has shown its first code. */
export async function addTotp({ db, vault, token }: Setting, actor: ConfirmedMember, typed: string): Promise<Added> {
  const { accountId } = actor;
  const activate = await checkFirstCode(db, vault, accountId, typed);
  if (!activate) return wrong;
  return db.write(async (tx) => {
    if (!(await activate(tx))) return wrong;
    return added(tx, { db, vault, token }, actor, 'totp-added');
  });
}

/** What every second factor brings with it: recovery codes when there are none, and the end of all other sessions. */
async function added(
  tx: Writer,
  { db, vault, token }: Setting,
  actor: ConfirmedMember,
  action: 'totp-added' | 'passkey-added',
): Promise<Added> {
  const { accountId } = actor;
  const codes = (await countRecoveryCodes(tx, accountId)) === 0 ? makeCodes() : [];
  if (codes.length > 0) await replaceRecoveryCodes(tx, accountId, hashesOf(vault, accountId, codes));
  await deleteSessionsOf(tx, accountId, tokenHash(token));
  await recordAudit(db, tx, { actor, action, subject: accountId });
  return { ok: true, codes };
}

export const passkeyNameSchema = nameOf(60);

/** `answer` is what the browser gave for the options of startRegistration. */
export async function addPasskey(
  setting: Setting,
  actor: ConfirmedMember,
  site: Site,
  { answer, name }: { readonly answer: string; readonly name: string },
): Promise<Added | { readonly ok: false; readonly reason: 'wrong-passkey' }> {
  const { db } = setting;
  const made = await verifyRegistration(db, actor, site, answer);
  if (!made) return { ok: false, reason: 'wrong-passkey' };
  return db.write(async (tx) => {
    const row = { ...made, account_id: actor.accountId, name, created_at: await db.now(tx), used_at: null };
    if (!(await insertPasskey(tx, row))) return { ok: false, reason: 'wrong-passkey' };
    return added(tx, setting, actor, 'passkey-added');
  });
}

export async function renamePasskey(db: Database, actor: ConfirmedMember, id: string, name: string): Promise<boolean> {
  const { accountId } = actor;
  return db.write(async (tx) => {
    if (!(await renamePasskeyOf(tx, accountId, id, name))) return false;
    await recordAudit(db, tx, { actor, action: 'passkey-renamed', subject: accountId });
    return true;
  });
}

/** Recovery codes go with the last second factor. */
export async function removePasskey({ db, token }: Setting, actor: ConfirmedMember, id: string): Promise<boolean> {
  const { accountId } = actor;
  return db.write(async (tx) => {
    if ((await deletePasskeysOf(tx, accountId, id)) === 0) return false;
    await dropUselessCodes(tx, accountId);
    await deleteSessionsOf(tx, accountId, tokenHash(token));
    await recordAudit(db, tx, { actor, action: 'passkey-removed', subject: accountId });
    return true;
  });
}

/** Also what is being set up. Recovery codes go with the last second factor. */
export async function removeTotp({ db, token }: Setting, actor: ConfirmedMember): Promise<void> {
  const { accountId } = actor;
  await db.write(async (tx) => {
    const before = await readSecondFactors(tx, accountId);
    if (!(await deleteTotp(tx, accountId)) || !before.app) return;
    await dropUselessCodes(tx, accountId);
    await deleteSessionsOf(tx, accountId, tokenHash(token));
    await recordAudit(db, tx, { actor, action: 'totp-removed', subject: accountId });
  });
}

async function dropUselessCodes(tx: Writer, accountId: string): Promise<void> {
  if (!(await readSecondFactors(tx, accountId)).isNeeded) await replaceRecoveryCodes(tx, accountId, []);
}

/** New ones in place of all former ones; none while there is no second factor they could stand in for. */
export async function renewRecoveryCodes(
  { db, vault }: Pick<Setting, 'db' | 'vault'>,
  actor: ConfirmedMember,
): Promise<readonly string[]> {
  const { accountId } = actor;
  const codes = makeCodes();
  return db.write(async (tx) => {
    if (!(await readSecondFactors(tx, accountId)).isNeeded) return [];
    await replaceRecoveryCodes(tx, accountId, hashesOf(vault, accountId, codes));
    await recordAudit(db, tx, { actor, action: 'recovery-codes-made', subject: accountId });
    return codes;
  });
}

/** For whoever has lost phone and codes: the operator's deed. False when there was nothing to take away. */
export async function removeSecondFactors(db: Database, actor: Actor, accountId: string): Promise<boolean> {
  return db.write(async (tx) => {
    const { isNeeded } = await readSecondFactors(tx, accountId);
    await deleteTotp(tx, accountId);
    await deletePasskeysOf(tx, accountId);
    await replaceRecoveryCodes(tx, accountId, []);
    if (!isNeeded) return false;
    await deleteSessionsOf(tx, accountId);
    await recordAudit(db, tx, { actor, action: 'second-step-removed', subject: accountId });
    return true;
  });
}

export interface SecondStep {
  readonly accountId: string;
  /** The code of an app, or a recovery code. */
  readonly typed: string;
  readonly address: string;
}

export type Checked = { readonly ok: true } | Wrong | Paused;

/**
 * Only whoever has given the password comes this far, so that strangers can use up nobody's tries; five wrong ones, and
 * even the right code waits.
 */
export const checkSecondStep = (db: Database, vault: Vault, step: SecondStep): Promise<Checked> =>
  throttled(db, vault, { subject: `second step ${step.accountId}`, address: step.address }, async () => {
    const { accountId, typed } = step;
    if (await takeTotp(db, vault, accountId, typed)) return { ok: true };
    return (await takeRecovery(db, vault, accountId, typed)) ? { ok: true } : wrong;
  });

async function takeRecovery(db: Database, vault: Vault, accountId: string, typed: string): Promise<boolean> {
  const code = parseKey(typed);
  const [hash] = code === undefined ? [] : hashesOf(vault, accountId, [code]);
  if (hash === undefined) return false;
  return db.write(async (tx) => {
    if (!(await takeRecoveryCode(tx, accountId, hash))) return false;
    const left = await countRecoveryCodes(tx, accountId);
    const actor = memberScope({ accountId }); // the code itself shows that it is them
    await recordAudit(db, tx, { actor, action: 'recovery-code-used', subject: accountId, details: { left } });
    return true;
  });
}
