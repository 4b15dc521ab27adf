// The directory that the instance is connected to. Its lasting token is sealed for the connection it belongs to; the
// short-lived one as well, so that all processes share it, and one of them renews it at a time.

import { randomUUID } from 'node:crypto';
import type { Database, Reader } from '../storage/database.ts';
import {
  deleteDirectory,
  type DirectoryRow,
  dropAccess,
  findDirectory,
  saveDirectory,
  takeRefresh,
  updateDirectory,
} from '../storage/directory-connections.ts';
import type { Instant } from '../storage/tables.ts';
import { recordAudit } from './audit-log.ts';
import type { Admin, ConfirmedAdmin } from './scopes.ts';
import type { Vault } from './vault.ts';

export type { DirectoryRow };
export type DirectoryName = DirectoryRow['provider'];

/** What was granted, and by whom. */
export interface DirectoryGrant {
  /** The lasting token. */
  readonly token: string;
  /** Of the account, for ever. */
  readonly subject: string;
  readonly account: string;
  readonly organisation: string;
  /** To whom it was granted. */
  readonly clientId: string;
}

export interface DirectoryAccess {
  readonly token: string;
  readonly lastsMs: number;
}

/** Shorter than that a token is not worth starting with. */
const marginMs = 60_000;
/** A process that renews takes no longer than its request may. */
const leaseMs = 20_000;
const noteEveryMs = 60_000;

export const readDirectory = (db: Reader, name: DirectoryName): Promise<DirectoryRow | undefined> =>
  findDirectory(db, name);

export const scopesOf = ({ scopes }: DirectoryRow): readonly string[] => JSON.parse(scopes) as string[];

/** Undefined where another secret has sealed it, or it was put into another row. */
export async function openGrant(vault: Vault, { id, sealed }: DirectoryRow): Promise<DirectoryGrant | undefined> {
  const text = await vault.open('directory', `grant ${id}`, sealed).catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as DirectoryGrant);
}

interface Granted {
  readonly name: DirectoryName;
  readonly grant: DirectoryGrant;
  readonly access: DirectoryAccess;
  readonly scopes: readonly string[];
}

export async function saveConnection(
  db: Database,
  vault: Vault,
  actor: Admin,
  { name, grant, access, scopes }: Granted,
): Promise<void> {
  const id = randomUUID();
  const sealed = await vault.seal('directory', `grant ${id}`, JSON.stringify(grant));
  const sealedAccess = await vault.seal('directory', `access ${id}`, access.token);
  await db.write(async (tx) => {
    const now = await db.now(tx);
    await saveDirectory(tx, {
      provider: name,
      id,
      sealed,
      scopes: JSON.stringify(scopes),
      connected_at: now,
      used_at: null,
      problem: '',
      said: '',
      access: sealedAccess,
      access_until: now + access.lastsMs,
      lease_until: 0,
    });
    const details = { provider: name, scopes: scopes.length };
    await recordAudit(db, tx, { actor, action: 'directory-connected', subject: id, details });
  });
}

/** `revoked`: the directory has taken its token back as well. False when somebody else was first. */
export async function removeConnection(
  db: Database,
  actor: ConfirmedAdmin,
  { id, provider }: DirectoryRow,
  revoked: boolean,
): Promise<boolean> {
  return db.write(async (tx) => {
    if (!(await deleteDirectory(tx, id))) return false;
    const details = { provider, revoked };
    await recordAudit(db, tx, { actor, action: 'directory-disconnected', subject: id, details });
    return true;
  });
}

/** The short-lived token; undefined when it has to be renewed. */
export async function openAccess(vault: Vault, row: DirectoryRow, now: Instant): Promise<string | undefined> {
  if (row.access === null || row.access_until <= now + marginMs) return undefined;
  return vault.open('directory', `access ${row.id}`, row.access).catch(() => undefined);
}

/** True for the one process that renews the token now. */
export async function takeRefreshTurn(db: Database, { id }: DirectoryRow): Promise<boolean> {
  return db.write(async (tx) => {
    const now = await db.now(tx);
    return (await takeRefresh(tx, id, { now, leaseUntil: now + leaseMs, oldAt: now + marginMs })) !== undefined;
  });
}

/** `token` is a new lasting one, where the directory has given one. */
export async function saveAccess(
  db: Database,
  vault: Vault,
  { id }: DirectoryRow,
  renewed: { readonly access: DirectoryAccess; readonly grant?: DirectoryGrant | undefined },
): Promise<void> {
  const { access, grant } = renewed;
  const values = {
    access: await vault.seal('directory', `access ${id}`, access.token),
    access_until: (await db.now()) + access.lastsMs,
    ...(grant && { sealed: await vault.seal('directory', `grant ${id}`, JSON.stringify(grant)) }),
  };
  await db.write((tx) => updateDirectory(tx, id, { ...values, problem: '', said: '', lease_until: 0 }));
}

/** The turn ends without a token; `problem` where somebody has to do something about it. */
export const giveUpRefresh = (
  db: Database,
  { id }: DirectoryRow,
  { problem, said }: { readonly problem: string; readonly said: string },
): Promise<void> => db.write((tx) => updateDirectory(tx, id, { problem, said, lease_until: 0 }));

/** The directory does not take this short-lived token, although its time is not over. */
export const forgetAccess = async (db: Database, { id, access }: DirectoryRow): Promise<void> =>
  access === null ? undefined : db.write((tx) => dropAccess(tx, id, access));

/** To the minute. */
export async function noteUse(db: Database, { id, used_at }: DirectoryRow): Promise<void> {
  const now = await db.now();
  if (used_at === null || now - used_at > noteEveryMs)
    await db.write((tx) => updateDirectory(tx, id, { used_at: now }));
}
