// Takes a backup: one moment of the database, streamed into a file that appears under its name only once it is whole, on
// the disk and read again. Never needs more memory than a few rows.

import { createHash, randomBytes } from 'node:crypto';
import { createWriteStream, statSync } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { openVault, type Vault } from '../domain/vault.ts';
import type { DatabaseAddress } from '../storage/database.ts';
import { type Snapshot, withSnapshot } from '../storage/snapshots.ts';
import {
  boundDigest,
  type End,
  formatName,
  formatVersion,
  type Header,
  line,
  readArchive,
  rowLine,
} from './archive.ts';
import { backupFile, type BackupPlace } from './file-names.ts';
import { sealSecret } from './sealed-secret.ts';

export interface BackupWish {
  readonly address: DatabaseAddress;
  /** The server's secret: binds the archive, and stands in it only when a passphrase is given. */
  readonly secret: string;
  readonly passphrase?: string | undefined;
  /** Version of the software. */
  readonly software: string;
  /** Where to: a name, or a folder in which it gets one. */
  readonly file: string | BackupPlace;
  readonly now: number;
}

export interface Taken {
  readonly file: string;
  readonly bytes: number;
  readonly rows: number;
  readonly tables: number;
  readonly voting: boolean;
  readonly sha256: string;
}

export type BackupOutcome =
  | ({ readonly ok: true } & Taken)
  | { readonly ok: false; readonly reason: 'other-secret' | 'file-exists' | 'no-database' };

/** `signal` breaks it off: it throws, and nothing half is left. */
export async function takeBackup(wish: BackupWish, signal?: AbortSignal): Promise<BackupOutcome> {
  return withSnapshot(wish.address, async (snapshot) => {
    if (snapshot.tables.length === 0) return { ok: false, reason: 'no-database' };
    const vault = openVault(wish.secret);
    const secretCheck = vault.hash('check', 'votix');
    if (((await snapshot.findSetting('secret-check')) ?? secretCheck) !== secretCheck)
      return { ok: false, reason: 'other-secret' };
    const voting = await snapshot.isVoting(wish.now);
    const file = typeof wish.file === 'string' ? wish.file : backupFile(wish.file, { now: wish.now, voting });
    if (exists(file)) return { ok: false, reason: 'file-exists' };
    const header: Header = {
      format: formatName,
      version: formatVersion,
      software: wish.software,
      createdAt: new Date(wish.now).toISOString(),
      database: wish.address.kind,
      voting,
      secretCheck,
      secret: wish.passphrase === undefined ? null : await sealSecret(wish.secret, wish.passphrase),
      schema: [...snapshot.migrations],
    };
    return { ok: true, voting, ...(await write(file, linesOf(snapshot, header, vault), signal)) };
  });
}

async function* linesOf(snapshot: Snapshot, header: Header, vault: Vault): AsyncGenerator<string> {
  const [hash, rows] = [createHash('sha256'), {} as Record<string, number>];
  const hashed = (text: string) => {
    hash.update(text);
    return text;
  };
  yield hashed(line(header));
  for (const table of snapshot.tables) {
    rows[table.name] = 0;
    yield hashed(line({ table: table.name, columns: [...table.columns] }));
    for await (const some of snapshot.read(table)) {
      rows[table.name]! += some.length;
      yield hashed(some.map(rowLine).join(''));
    }
  }
  const sha256 = hash.digest('hex');
  yield line({ rows, sha256, hmac: vault.hash('backup', boundDigest(sha256)) });
}

/** Beside its place first: a name that exists is always a whole archive. */
async function write(
  file: string,
  lines: AsyncGenerator<string>,
  signal: AbortSignal | undefined,
): Promise<Omit<Taken, 'voting'>> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const draft = join(dirname(file), `.${basename(file)}.${randomBytes(4).toString('hex')}`);
  try {
    const whole = createWriteStream(draft, { flags: 'wx', mode: 0o600 });
    await pipeline(Readable.from(lines), createGzip(), whole, { signal });
    await settle(draft);
    const end = await readToEnd(draft, signal);
    const bytes = statSync(draft).size;
    await rename(draft, file);
    await settle(dirname(file)).catch(() => {}); // not every system lets a folder be opened
    const counts = Object.values(end.rows);
    return { file, bytes, rows: counts.reduce((sum, n) => sum + n, 0), tables: counts.length, sha256: end.sha256 };
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** On the disk, not only on its way there. */
async function settle(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Throws when what was written is not what is read. */
async function readToEnd(file: string, signal: AbortSignal | undefined): Promise<End> {
  let end: End | undefined;
  for await (const part of readArchive(file)) {
    signal?.throwIfAborted();
    if (part.kind === 'end') ({ end } = part);
  }
  if (!end) throw new Error('The archive has no end.');
  return end;
}

const exists = (path: string): boolean => statSync(path, { throwIfNoEntry: false }) !== undefined;
