import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { type Database, openDatabase } from './database.ts';
import { saveSetting } from './settings.ts';
import { bindable } from './sqlite.ts';

async function aFile(): Promise<{ db: Database; path: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'votix-sqlite-'));
  const path = join(folder, 'db.sqlite');
  const db = await openDatabase({ kind: 'sqlite', path });
  onTestFinished(async () => {
    await db.close();
    rmSync(folder, { recursive: true });
  });
  return { db, path };
}

test.each([null, 'text', '', 0, -1, 2 ** 53 - 1, 10n, new Uint8Array([1]), Buffer.from('x')])(
  '%o is bound',
  (value) => {
    expect(bindable(value)).toBe(value);
  },
);

test.each([
  ['a Date, which would become NULL', new Date()],
  ['an object, which would become NULL', { a: 1 }],
  ['an array', [1]],
  ['undefined', undefined],
  ['a boolean', true],
  ['2^53, which is no longer exact', 2 ** 53],
  ['a fraction', 0.5],
  ['no number', Number.NaN],
  ['infinity', Number.POSITIVE_INFINITY],
  ['a symbol', Symbol('x')],
  ['a function', () => 1],
])('%s is refused', (_, value) => {
  expect(() => bindable(value)).toThrow(TypeError);
});

test('a statement with a value that cannot be bound writes nothing', async () => {
  const { db } = await aFile();
  const write = (value: unknown) => db.write((tx) => saveSetting(tx, 'x', value as string));
  await expect(write(new Date())).rejects.toThrow('cannot be bound');
  await expect(write(1.5)).rejects.toThrow('cannot be bound');
  expect(await db.reader.selectFrom('settings').selectAll().execute()).toEqual([]);
});

test('every commit reaches the disk, foreign keys hold, what is deleted is overwritten', async () => {
  const { db } = await aFile();
  const pragma = async (name: string) =>
    Object.values(
      (await db.write((tx) => sql<Record<string, unknown>>`PRAGMA ${sql.raw(name)}`.execute(tx))).rows[0]!,
    )[0];
  expect(await pragma('journal_mode')).toBe('wal');
  expect(await pragma('synchronous')).toBe(2);
  expect(await pragma('foreign_keys')).toBe(1);
  expect(await pragma('secure_delete')).toBe(1);
});

test('the reader cannot write', async () => {
  const { db } = await aFile();
  const reader = db.reader as unknown as {
    insertInto: (table: string) => { values: (row: object) => { execute: () => Promise<void> } };
  };
  await expect(reader.insertInto('settings').values({ name: 'a', value: 'b' }).execute()).rejects.toThrow(/readonly/);
});

test('the order is bytewise, as on PostgreSQL', async () => {
  const { db } = await aFile();
  const names = ['a', 'B', 'é', 'Z', 'z', '_', '0'];
  for (const name of names) await db.write((tx) => saveSetting(tx, name, ''));
  const rows = await db.reader.selectFrom('settings').select('name').orderBy('name').execute();
  expect(rows.map(({ name }) => name)).toEqual(['0', 'B', 'Z', '_', 'a', 'z', 'é']);
});

test('a transaction that throws leaves nothing, and the next one works', async () => {
  const { db } = await aFile();
  const failing = db.write(async (tx) => {
    await saveSetting(tx, 'a', '1');
    throw new Error('half-way');
  });
  await expect(failing).rejects.toThrow('half-way');
  await db.write((tx) => saveSetting(tx, 'b', '2'));
  expect(await db.reader.selectFrom('settings').selectAll().execute()).toEqual([{ name: 'b', value: '2' }]);
});

test('transactions of one process wait for each other instead of mixing', async () => {
  const { db } = await aFile();
  await Promise.all(
    Array.from({ length: 50 }, () =>
      db.write(async (tx) => {
        const row = await tx.selectFrom('settings').selectAll().where('name', '=', 'n').executeTakeFirst();
        await new Promise((resolve) => setImmediate(resolve));
        await saveSetting(tx, 'n', String(Number(row?.value ?? 0) + 1));
      }),
    ),
  );
  expect(await db.reader.selectFrom('settings').selectAll().execute()).toEqual([{ name: 'n', value: '50' }]);
});

test('compacting waits for its turn, and says when another program keeps the write-ahead log', async () => {
  const { db, path } = await aFile();
  await Promise.all([
    db.write(async (tx) => {
      await saveSetting(tx, 'a', '1');
      await new Promise((resolve) => setImmediate(resolve));
      await saveSetting(tx, 'b', '2');
    }),
    db.compact(),
  ]);
  const other = new DatabaseSync(path, { readOnly: true });
  onTestFinished(() => other.close());
  other.exec('BEGIN');
  other.prepare('SELECT * FROM settings').all();
  await db.write((tx) => saveSetting(tx, 'c', '3'));
  await expect(db.compact()).rejects.toThrow('was not emptied');
  other.exec('COMMIT');
  await db.compact();
});

test('a file that another program holds is away, however SQLite puts it; a mistake is not', async () => {
  const { db, path } = await aFile();
  const other = new DatabaseSync(path, { timeout: 0 });
  onTestFinished(() => other.close());
  const caught = (work: () => unknown): unknown => {
    try {
      return work();
    } catch (error) {
      return error;
    }
  };
  other.exec('BEGIN');
  other.prepare('SELECT * FROM settings').all();
  await db.write((tx) => saveSetting(tx, 'a', '1'));
  const snapshot = caught(() => other.exec("INSERT INTO settings (name, value) VALUES ('b', '2')"));
  expect(snapshot).toMatchObject({ errcode: 517 }); // SQLITE_BUSY_SNAPSHOT
  expect(db.isAway(snapshot)).toBe(true);
  other.exec('ROLLBACK');
  const held = db.write(async () => caught(() => other.exec('BEGIN IMMEDIATE')));
  expect(db.isAway(await held)).toBe(true);
  expect(db.isAway(caught(() => other.exec('SELECT nothing')))).toBe(false);
});
