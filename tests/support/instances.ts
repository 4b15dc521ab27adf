// An instance for real servers and commands: an empty database, a folder, and the settings under which they run on it.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parseRecord, verifyRecord } from '@votix/protocol';
import { sql } from 'kysely';
import { expect, onTestFinished } from 'vitest';
import { sealBox } from '../../packages/server/src/domain/boxes.ts';
import { readRecord } from '../../packages/server/src/domain/records.ts';
import { type Database, openDatabase } from '../../packages/server/src/storage/database.ts';
import { compileCache } from './compile-cache.ts';
import { anEmptyDatabase, type DatabasePlace } from './databases.ts';
import { secret } from './elections.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

export interface Instance extends DatabasePlace {
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** Gone when the test is over. Without `secrets` it makes its own key. */
export async function anInstance(
  kind: Database['kind'],
  secrets: Readonly<Record<string, string>> = { SECRET_KEY: secret },
): Promise<Instance> {
  const empty = await anEmptyDatabase(kind);
  const folder = mkdtempSync(join(tmpdir(), 'votix-instance-'));
  onTestFinished(async () => {
    await empty.drop();
    rmSync(folder, { recursive: true });
  });
  const { address } = empty;
  const environment = {
    DATABASE_URL: address.kind === 'sqlite' ? `sqlite:${address.path}` : address.url,
    ...secrets,
    DATA_DIR: folder,
    LOG_DIR: folder,
    NODE_COMPILE_CACHE: compileCache,
  };
  return { ...empty, folder, environment };
}

/** A look at the database, with the clock moved by `offset`, beside whatever else runs on it. */
export async function looking<T>(
  { address }: DatabasePlace,
  look: (db: Database) => Promise<T>,
  offset = 0,
): Promise<T> {
  const db = await openDatabase(address, { clockOffsetMs: () => offset });
  try {
    return await look(db);
  } finally {
    await db.close();
    collectGarbage(); // until then node:sqlite may keep a closed file open, and a program started next finds it in use
  }
}

/** SQLite's own opinion of its file; PostgreSQL was never stopped. */
export async function expectSound(db: Database): Promise<void> {
  if (db.kind === 'postgres') return;
  const check = async (pragma: string) => (await db.write((tx) => sql.raw(`PRAGMA ${pragma}`).execute(tx))).rows;
  expect(await check('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  expect(await check('foreign_key_check')).toEqual([]);
}

/** Seals the box, which must be over, and makes every check of its record. */
export async function verdictOn(db: Database, { id }: { readonly id: string }) {
  await sealBox(db, id);
  const record = await readRecord(db, id);
  let text = '';
  if (record.ok) for await (const chunk of record.chunks) text += chunk;
  const parsed = parseRecord(text);
  return parsed.ok ? verifyRecord(parsed.record) : parsed;
}
