import { readdirSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import { Client } from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import { anEmptyDatabase, bothKinds, type DatabasePlace } from '../../../../../tests/support/databases.ts';
import { admin, anElection } from '../../../../../tests/support/elections.ts';
import { readVoterCsv, sourceOf } from '../../domain/voter-csv.ts';
import { applyImport, undoImport } from '../../domain/voter-import-apply.ts';
import { gatherPlan, planImport } from '../../domain/voter-plan.ts';
import { noRules } from '../../domain/voter-rules.ts';
import { type Database, openDatabase } from '../database.ts';
import { saveSetting } from '../settings.ts';
import { countVoters } from '../voters.ts';

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

  test('an import that was written before voters knew theirs is undone as a whole', async () => {
    const empty = await anEmpty(kind);
    const db = await open(empty);
    const electionId = await anElection(db, { voters: 2 });
    const source = sourceOf('last_name,first_name,email\nLovelace,Ada,ada@example.org');
    const plan = await gatherPlan(planImport(db.reader, electionId, readVoterCsv(source), noRules));
    const confirmed = { id: 'an-import', electionId, rules: noRules, lines: 1, digest: plan.digest };
    expect(await applyImport(db, 'command', confirmed, () => source)).toMatchObject({ ok: true });
    await raw(
      empty,
      "INSERT INTO voter_import_changes SELECT import_id, id, NULL, NULL FROM voters WHERE import_id <> ''",
    );
    await raw(empty, 'ALTER TABLE voters DROP COLUMN import_id');
    await raw(empty, "DELETE FROM kysely_migration WHERE name >= '033'");
    const upgraded = await open(empty);
    expect(await upgraded.reader.selectFrom('voter_import_changes').selectAll().execute()).toEqual([]);
    expect(await undoImport(upgraded, admin, electionId, 'an-import')).toMatchObject({
      removed: 1,
      restored: 0,
      kept: 0,
    });
    expect(await countVoters(upgraded.reader, electionId)).toBe(2);
  });
});

test('three processes that start at once on an empty PostgreSQL all find their tables', async () => {
  const empty = await anEmpty('postgres');
  const opened = await Promise.all([open(empty), open(empty), open(empty)]);
  for (const db of opened) await db.ping();
  const files = readdirSync(import.meta.dirname).filter((name) => /^\d{3}-/.test(name));
  expect(await applied(opened[0])).toHaveLength(files.length);
});
