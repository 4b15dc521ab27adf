import { readdirSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import { Client } from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import { anEmptyDatabase, bothKinds, type DatabasePlace } from '../../../../../tests/support/databases.ts';
import { type Database, openDatabase } from '../database.ts';
import { saveSetting } from '../settings.ts';

async function anEmpty(kind: Database['kind']): Promise<DatabasePlace> {
  const empty = await anEmptyDatabase(kind);
  onTestFinished(empty.drop);
  return empty;
}

async function open({ address }: DatabasePlace): Promise<Database> {
  const db = await openDatabase(address);
  onTestFinished(() => db.close());
  return db;
}

/** A statement without Votix. */
async function raw({ address }: DatabasePlace, statement: string): Promise<void> {
  if (address.kind === 'sqlite') {
    const database = new DatabaseSync(address.path);
    database.exec(statement);
    database.close();
    return;
  }
  const client = new Client({ connectionString: address.url });
  await client.connect();
  await client.query(statement);
  await client.end();
}

const applied = async (db: Database) =>
  (await db.write((tx) => sql<{ name: string }>`SELECT name FROM kysely_migration ORDER BY name`.execute(tx))).rows;

describe.each(bothKinds)('%s', (kind) => {
  test('an empty database gets every table, a second start changes nothing', async () => {
    const empty = await anEmpty(kind);
    const first = await open(empty);
    await first.write((tx) => saveSetting(tx, 'a', 'kept'));
    const names = await applied(first);
    expect(names.length).toBeGreaterThan(0);
    const second = await open(empty);
    expect(await applied(second)).toEqual(names);
    expect(await second.reader.selectFrom('settings').selectAll().execute()).toEqual([{ name: 'a', value: 'kept' }]);
  });

  test('a database of a newer version is refused, and nothing in it is changed', async () => {
    const empty = await anEmpty(kind);
    const db = await open(empty);
    const before = await applied(db);
    const newer = sql`INSERT INTO kysely_migration (name, timestamp) VALUES ('999-from-the-future', '2030-01-01')`;
    await db.write((tx) => newer.execute(tx));
    await expect(openDatabase(empty.address)).rejects.toThrow('999-from-the-future');
    expect(await applied(db)).toHaveLength(before.length + 1);
    await db.ping();
  });

  test('a migration that stops half-way leaves nothing behind, so that the next start can do it', async () => {
    const empty = await anEmpty(kind);
    await raw(empty, 'CREATE TABLE participation (in_the_way INTEGER)'); // of the last table to be made
    await expect(openDatabase(empty.address)).rejects.toThrow(/participation.*exists/);
    await raw(empty, 'DROP TABLE participation');
    const db = await open(empty);
    await db.ping();
    expect(await db.reader.selectFrom('settings').selectAll().execute()).toEqual([]);
  });

  test('a database that was opened and failed is not kept busy', async () => {
    const empty = await anEmpty(kind);
    const db = await open(empty);
    const newer = sql`INSERT INTO kysely_migration (name, timestamp) VALUES ('999-from-the-future', '2030-01-01')`;
    await db.write((tx) => newer.execute(tx));
    for (let n = 0; n < 30; n++) await expect(openDatabase(empty.address)).rejects.toThrow();
    if (kind === 'sqlite') return;
    const rows = sql<{ n: number }>`SELECT count(*) AS n FROM pg_stat_activity WHERE datname = current_database()`;
    const { n } = (await db.write((tx) => rows.execute(tx))).rows[0]!;
    expect(n).toBeLessThan(10);
  });
});

test('three processes that start at once on an empty PostgreSQL all find their tables', async () => {
  const empty = await anEmpty('postgres');
  const opened = await Promise.all([open(empty), open(empty), open(empty)]);
  for (const db of opened) await db.ping();
  const files = readdirSync(import.meta.dirname).filter((name) => /^\d{3}-/.test(name));
  expect(await applied(opened[0])).toHaveLength(files.length);
});
