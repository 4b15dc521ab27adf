// Real databases for tests, SQLite and PostgreSQL, with a clock that the test moves.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe } from 'vitest';
import { copyTestDatabase, createTestDatabase } from './postgres.ts';
import { type Database, type DatabaseAddress, openDatabase } from '../../packages/server/src/storage/database.ts';

export interface TestBench {
  readonly db: Database;
  /** The SQLite file, or the PostgreSQL address. */
  readonly address: string;
  readonly kind: Database['kind'];
  clockOffsetMs: number;
  /**
   * The handle of another process on the same database, with the same clock. SQLite gets the first one again: two writers
   * of one process would wait for each other in the same thread, and a second process has tests of its own.
   */
  readonly another: () => Promise<Database>;
}

export interface DatabasePlace {
  readonly address: DatabaseAddress;
  readonly drop: () => Promise<void>;
}

/** A place for a database, with nothing in it yet. */
export const anEmptyDatabase = (kind: Database['kind']): Promise<DatabasePlace> => aDatabase(kind, createTestDatabase);

/** A place for a database whose migrations need not be tried once more. */
export const aFreshDatabase = (kind: Database['kind']): Promise<DatabasePlace> => aDatabase(kind, copyTestDatabase);

async function aDatabase(kind: Database['kind'], create: typeof createTestDatabase): Promise<DatabasePlace> {
  if (kind === 'postgres') {
    const { url, drop } = await create();
    return { address: { kind, url }, drop };
  }
  const folder = mkdtempSync(join(tmpdir(), 'votix-test-'));
  const drop = () => Promise.resolve(rmSync(folder, { recursive: true, force: true }));
  return { address: { kind, path: join(folder, 'db.sqlite') }, drop };
}

export async function openBench(kind: Database['kind']): Promise<{ bench: TestBench; close: () => Promise<void> }> {
  const { address, drop } = await aFreshDatabase(kind);
  const offset = { ms: 0 };
  const open = () => openDatabase(address, { clockOffsetMs: () => offset.ms });
  const db = await open();
  const others: Database[] = [];
  const bench: TestBench = {
    db,
    kind,
    address: address.kind === 'sqlite' ? address.path : address.url,
    get clockOffsetMs() {
      return offset.ms;
    },
    set clockOffsetMs(ms) {
      offset.ms = ms;
    },
    another: async () => {
      if (kind === 'sqlite') return db;
      const other = await open();
      others.push(other);
      return other;
    },
  };
  const close = async () => {
    for (const handle of [...others, db]) await handle.close();
    await drop();
  };
  return { bench, close };
}

export const bothKinds = ['sqlite', 'postgres'] as const;

/** Runs these tests on SQLite and on PostgreSQL; the database stays for the file, the clock is set back after each test. */
export function onBothDatabases(tests: (bench: () => TestBench) => void): void {
  for (const kind of bothKinds)
    describe(kind, () => {
      let open: Awaited<ReturnType<typeof openBench>>;
      beforeAll(async () => {
        open = await openBench(kind);
      });
      afterEach(() => {
        open.bench.clockOffsetMs = 0;
      });
      afterAll(() => open.close());
      tests(() => open.bench);
    });
}
