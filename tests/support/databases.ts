// Real databases for tests, SQLite and PostgreSQL, with a clock that the test moves.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe } from 'vitest';
import { createTestDatabase } from './postgres.ts';
import { type Database, openDatabase } from '../../packages/server/src/storage/database.ts';

export interface TestBench {
  readonly db: Database;
  /** The SQLite file, or the PostgreSQL address. */
  readonly address: string;
  readonly kind: Database['kind'];
  clockOffsetMs: number;
}

async function openBench(kind: Database['kind']): Promise<{ bench: TestBench; close: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'votix-test-'));
  const made = kind === 'postgres' ? await createTestDatabase() : undefined;
  const path = join(folder, 'db.sqlite');
  const offset = { ms: 0 };
  const address = made ? { kind: 'postgres' as const, url: made.url } : { kind: 'sqlite' as const, path };
  const db = await openDatabase(address, { clockOffsetMs: () => offset.ms });
  const bench: TestBench = {
    ...{ db, kind, address: made?.url ?? path },
    get clockOffsetMs() {
      return offset.ms;
    },
    set clockOffsetMs(ms) {
      offset.ms = ms;
    },
  };
  const close = async () => {
    await db.close();
    await made?.drop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { bench, close };
}

/** Runs these tests on SQLite and on PostgreSQL; the database stays for the file, the clock is set back after each test. */
export function onBothDatabases(tests: (bench: () => TestBench) => void): void {
  for (const kind of ['sqlite', 'postgres'] as const)
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
