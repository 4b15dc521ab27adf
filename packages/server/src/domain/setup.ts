// From an empty database to the first administrator, through a one-time link that only the operator has seen.

import { createHash, randomBytes } from 'node:crypto';
import { findAccountByEmail, hasAdministrator, insertAccount } from '../storage/accounts.ts';
import type { Database } from '../storage/database.ts';
import { findSetting, keepSetting, saveSetting, takeSetting } from '../storage/settings.ts';
import { recordAudit } from './audit-log.ts';
import { type NewAccount, prepareAccount } from './accounts.ts';
import type { Given } from './setting-list.ts';
import { isSetUp, type Organisation, organisationSchema, saveOrganisation } from './settings.ts';
import type { Vault } from './vault.ts';

export { hasAdministrator };

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');

/**
 * The set-up link's token, the same from every process and after every restart until it is used: each of several that start
 * together prints one that works. The database alone, without the server's secret, does not tell it. Undefined when the
 * instance is set up.
 */
export async function issueSetupToken(db: Database, vault: Vault): Promise<string | undefined> {
  if (await isSetUp(db.reader)) return undefined;
  return db.write(async (tx) => {
    const seed = await keepSetting(tx, 'setup-seed', randomBytes(24).toString('base64url'));
    const token = Buffer.from(vault.hash('setup', seed), 'hex').subarray(0, 24).toString('base64url');
    await saveSetting(tx, 'setup-link', hashOf(token));
    return token;
  });
}

export async function isSetupToken(db: Database, token: string): Promise<boolean> {
  return (await findSetting(db.reader, 'setup-link')) === hashOf(token);
}

/** Kept between the two pages of the wizard. */
export const saveSetupDraft = (db: Database, organisation: Organisation): Promise<void> =>
  db.write((tx) => saveSetting(tx, 'setup-draft', JSON.stringify(organisation)));

export async function readSetupDraft(db: Database): Promise<Organisation | undefined> {
  const draft = await findSetting(db.reader, 'setup-draft');
  return draft === undefined ? undefined : organisationSchema.parse(JSON.parse(draft));
}

export type SetUp =
  | { readonly ok: true; readonly accountId: string }
  | { readonly ok: false; readonly reason: 'setup-link-used' | 'known-email' };

export interface Finish {
  readonly administrator: NewAccount;
  readonly given: Given;
}

/** Takes the link, so that of two at once one wins; all or nothing. */
export async function finishSetup(db: Database, token: string, { administrator, given }: Finish): Promise<SetUp> {
  const account = await prepareAccount(administrator, 'admin', await db.now());
  return db.write(async (tx) => {
    const draft = await findSetting(tx, 'setup-draft');
    const isLink = (await findSetting(tx, 'setup-link')) === hashOf(token);
    if (isLink && (await findAccountByEmail(tx, account.email_key))) return { ok: false, reason: 'known-email' };
    if (draft === undefined || !(await takeSetting(tx, 'setup-link', hashOf(token))))
      return { ok: false, reason: 'setup-link-used' };
    await saveOrganisation(tx, organisationSchema.parse(JSON.parse(draft)), given);
    await takeSetting(tx, 'setup-draft', draft);
    await insertAccount(tx, account);
    await recordAudit(db, tx, { actor: 'system', action: 'setup-finished', subject: account.id });
    return { ok: true, accountId: account.id };
  });
}

/** The same without an account: the command line has made the first one already. */
export async function finishSetupOfOrganisation(
  db: Database,
  token: string,
  { organisation, given }: { readonly organisation: Organisation; readonly given: Given },
): Promise<{ readonly ok: true } | { readonly ok: false; readonly reason: 'setup-link-used' }> {
  return db.write(async (tx) => {
    if (!(await takeSetting(tx, 'setup-link', hashOf(token)))) return { ok: false, reason: 'setup-link-used' };
    await saveOrganisation(tx, organisation, given);
    await recordAudit(db, tx, { actor: 'system', action: 'setup-finished' });
    return { ok: true };
  });
}
