// Every row of every table at one moment, for backups, beside a running server. Rows come in the order of their key, so that
// neither pages nor row versions tell in what order they were written.

import { type Kysely, sql } from 'kysely';
import { listTables, type TableShape } from './catalogue.ts';
import type { DatabaseAddress, Reader } from './database.ts';
import { openPostgres } from './postgres.ts';
import { openSqliteReader } from './sqlite.ts';
import type { ElectionsTable, Instant, Tables } from './tables.ts';

export type Cell = string | number | Uint8Array | null;

export interface Snapshot {
  /** The migrations that were applied, in their order: the version of the schema. */
  readonly migrations: readonly string[];
  readonly tables: readonly TableShape[];
  /** Rows as lists of cells, in the order of the table's columns, a few at a time. */
  read(table: TableShape): AsyncGenerator<readonly (readonly Cell[])[]>;
  findSetting(name: string): Promise<string | undefined>;
  isVoting(now: Instant): Promise<boolean>;
}

type Connection = Kysely<Tables>;
const rowsAtOnce = 100;

export async function withSnapshot<T>(address: DatabaseAddress, work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
  const isSqlite = address.kind === 'sqlite';
  const db = isSqlite ? openSqliteReader(address.path) : openPostgres(address.url, () => {}).reader;
  try {
    const tables = await listTables(db, address.kind);
    if (isSqlite) return await db.transaction().execute(async (tx) => work(await snapshotOf(tx, tables)));
    const transaction = db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only');
    return await transaction.execute(async (tx) => {
      await lockForReading(tx, tables);
      return work(await snapshotOf(tx, tables));
    });
  } finally {
    await db.destroy();
  }
}

/**
 * First of all, since only the first query after it fixes the moment. Whoever has sealed a box puts new tables in the place of the
 * old ones, whose rows transactions that began before would not see.
 */
async function lockForReading(tx: Connection, tables: readonly TableShape[]): Promise<void> {
  if (tables.length === 0) return;
  await sql`LOCK TABLE ${sql.join(tables.map(({ name }) => sql.table(name)))} IN ACCESS SHARE MODE`.execute(tx);
}

async function snapshotOf(tx: Connection, tables: readonly TableShape[]): Promise<Snapshot> {
  return {
    migrations: tables.length === 0 ? [] : await listMigrations(tx),
    tables,
    read: (table) => readTable(tx, table),
    findSetting: async (name) =>
      (await tx.selectFrom('settings').select('value').where('name', '=', name).executeTakeFirst())?.value,
    isVoting: (now) => isVoting(tx, now),
  };
}

async function listMigrations(tx: Connection): Promise<string[]> {
  const rows = await sql<{ name: string }>`SELECT name FROM kysely_migration ORDER BY name`.execute(tx);
  return rows.rows.map(({ name }) => name);
}

/** Whether an election has opened and is not sealed. Reads whole rows, so that it works on schemas of earlier versions too. */
export async function isVoting(db: Reader, now: Instant): Promise<boolean> {
  const rows: readonly Partial<ElectionsTable>[] = await db.selectFrom('elections').selectAll().execute();
  return rows.some(
    ({ armed_at, opens_at = 0, sealed_at, abandoned_at = null, rehearsal_of = null }) =>
      armed_at !== null && opens_at <= now && sealed_at === null && abandoned_at === null && rehearsal_of === null,
  );
}

async function* readTable(tx: Connection, { name, columns, key }: TableShape) {
  const [names, order] = [refs(columns), refs(key)];
  let last: Record<string, Cell> | undefined;
  for (;;) {
    const after = last;
    const since =
      after === undefined
        ? sql``
        : sql`WHERE (${order}) > (${sql.join(key.map((column) => sql.val(after[column] ?? null)))})`;
    const query = sql<Record<string, Cell>>`SELECT ${names} FROM ${sql.table(name)} ${since} ORDER BY ${order}
      LIMIT ${sql.lit(rowsAtOnce)}`;
    const { rows } = await query.execute(tx);
    if (rows.length > 0) yield rows.map((row) => columns.map((column) => row[column] ?? null));
    if (rows.length < rowsAtOnce) return;
    last = rows.at(-1);
  }
}

const refs = (columns: readonly string[]) => sql.join(columns.map((column) => sql.ref(column)));
