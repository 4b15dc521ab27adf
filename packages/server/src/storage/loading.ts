// Puts back what a snapshot read: every table is dropped and made anew in the version of the archive, filled, and brought up
// to date. To be called inside one transaction, so that a failure leaves everything as it was.

import assert from 'node:assert';
import { DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import { listTables, type TableShape } from './catalogue.ts';
import type { Database, DatabaseAddress, Writer } from './database.ts';
import { applyMigrations } from './migrations/all.ts';
import { openPostgres } from './postgres.ts';
import type { Cell } from './snapshots.ts';

/** Drops everything and makes the tables of these migrations, empty; their shapes. */
export async function remakeTables(db: Database, tx: Writer, migrations: readonly string[]): Promise<TableShape[]> {
  for (const { name } of (await listTables(tx, db.kind)).toReversed())
    await sql`DROP TABLE ${sql.table(name)}`.execute(tx);
  await sql`DELETE FROM kysely_migration`.execute(tx);
  const isPostgres = db.kind === 'postgres';
  await applyMigrations(tx, isPostgres, (name) => migrations.includes(name));
  const tables = await listTables(tx, db.kind);
  for (const { name } of tables.toReversed()) await sql`DELETE FROM ${sql.table(name)}`.execute(tx); // what migrations put in
  return tables;
}

/** The migrations that came after those of the archive, now with its rows. */
export async function bringUpToDate(db: Database, tx: Writer, migrations: readonly string[]): Promise<void> {
  await applyMigrations(tx, db.kind === 'postgres', (name) => !migrations.includes(name));
}

export async function insertRows(
  tx: Writer,
  table: string,
  columns: readonly string[],
  rows: readonly (readonly Cell[])[],
): Promise<void> {
  assert(rows.every((row) => row.length === columns.length));
  const values = rows.map((row) => sql`(${sql.join(row.map((cell) => sql.val(cell)))})`);
  const names = sql.join(columns.map((column) => sql.ref(column)));
  await sql`INSERT INTO ${sql.table(table)} (${names}) VALUES ${sql.join(values)}`.execute(tx);
}

export async function countRows(tx: Writer, table: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`SELECT count(*) AS n FROM ${sql.table(table)}`.execute(tx);
  return rows[0]!.n;
}

/** Whether another process has this database open: then it must not be replaced under its feet. */
export async function isInUse(address: DatabaseAddress): Promise<boolean> {
  return address.kind === 'sqlite' ? isFileInUse(address.path) : hasOtherSessions(address.url);
}

/** Only who is alone may turn the write-ahead log off. */
function isFileInUse(path: string): boolean {
  const database = new DatabaseSync(path, { timeout: 500 });
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = DELETE');
    return false;
  } catch (error) {
    if (error instanceof Error && error.message.includes('locked')) return true;
    throw error;
  } finally {
    database.close();
  }
}

async function hasOtherSessions(url: string): Promise<boolean> {
  const { reader } = openPostgres(url, () => {});
  try {
    const others = sql<{ n: number }>`SELECT count(*) AS n FROM pg_stat_activity
      WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()
        AND backend_type = 'client backend'`;
    return (await others.execute(reader)).rows[0]!.n > 0;
  } finally {
    await reader.destroy();
  }
}
