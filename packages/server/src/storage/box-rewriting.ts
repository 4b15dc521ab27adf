// Databases link by themselves: PostgreSQL gives both rows of one cast the same xmin and keeps the order of arrival in
// ctid, SQLite keeps it in its pages. Once a box is sealed, every table that casts write to is written again in the order
// of its key, each in a transaction of its own and into a new file. The only place where ballots or signatures are deleted.

import { sql } from 'kysely';
import type { Database, Writer } from './database.ts';

const keys = {
  ballots: ['election_id', 'receipt'],
  signatures: ['election_id', 'voter_id'],
  participation: ['election_id', 'quarter'],
  turnout: ['election_id', 'kind', 'name'],
  code_failures: ['voter_id'],
  boards: ['election_id'],
  board_events: ['election_id', 'height'],
} as const;

type Table = keyof typeof keys;
const draft = 'rewriting_';
const lockMs = 500;
const againMs = 250;

/**
 * A new table takes the place of the old one. DELETE and VACUUM would keep the old rows, with the xmin of their casts, for as
 * long as any session on this database has an older snapshot. What no cast can change any more is copied while votes go on;
 * the votes of other elections wait only while theirs are.
 */
async function rewrite(tx: Writer, table: Table): Promise<boolean> {
  if (!(await isMine(tx))) return false;
  const began = performance.now();
  const [name, copy] = [sql.table(table), sql.table(draft + table)];
  const order = sql.join(keys[table].map((column) => sql.ref(column)));
  const settled = await listSettled(tx, table);
  await sql`CREATE TABLE ${copy} (LIKE ${name} INCLUDING ALL)`.execute(tx);
  if (settled.length > 0)
    await sql`INSERT INTO ${copy} SELECT * FROM ${name} WHERE election_id = ANY (${settled}) ORDER BY ${order}`.execute(
      tx,
    );
  await sql`ANALYZE ${copy}`.execute(tx); // or the first queries would take it for an empty one
  await lockTable(tx, table, performance.now() - began);
  const rest = settled.length > 0 ? sql`WHERE election_id <> ALL (${settled})` : sql``;
  await sql`INSERT INTO ${copy} SELECT * FROM ${name} ${rest} ORDER BY ${order}`.execute(tx);
  await sql`DROP TABLE ${name}`.execute(tx);
  await sql`ALTER TABLE ${copy} RENAME TO ${sql.ref(table)}`.execute(tx);
  await renameIndexes(tx, table);
  return true;
}

/**
 * The elections whose rows in this table are final. Of the small tables none: nothing is won. A rehearsal can be wiped at any
 * time; a board goes on until its box is opened.
 */
async function listSettled(tx: Writer, table: Table): Promise<string[]> {
  if (!['ballots', 'signatures', 'board_events'].includes(table)) return [];
  const ended = table === 'board_events' ? 'deliberated_at' : 'sealed_at';
  const sealed = tx.selectFrom('elections').select('id').where('rehearsal_of', 'is', null).where(ended, 'is not', null);
  return (await sealed.execute()).map(({ id }) => id);
}

/**
 * A program that reads the table for long (a dump) must not make the votes of other elections queue behind this: it is asked
 * for shortly, and again later. What took long to copy is worth as long a wait.
 */
async function lockTable(tx: Writer, table: Table, worthMs: number): Promise<void> {
  await sql`SET LOCAL lock_timeout = ${sql.lit(`${lockMs}ms`)}`.execute(tx);
  for (const end = performance.now() + worthMs; ;) {
    await sql`SAVEPOINT asking`.execute(tx);
    try {
      await sql`LOCK TABLE ${sql.table(table)} IN ACCESS EXCLUSIVE MODE`.execute(tx);
      // Rows written while it stands would have an xmin of their own.
      return void (await sql`RELEASE SAVEPOINT asking`.execute(tx));
    } catch (error) {
      if (performance.now() > end) throw error;
      await sql`ROLLBACK TO SAVEPOINT asking`.execute(tx);
      await sql`SELECT pg_sleep(${againMs / 1000})`.execute(tx);
    }
  }
}

/** PostgreSQL named them after the draft. */
async function renameIndexes(tx: Writer, table: Table): Promise<void> {
  const indexes = sql<{ name: string }>`SELECT indexname AS name FROM pg_indexes
    WHERE schemaname = current_schema() AND tablename = ${table}`;
  for (const { name } of (await indexes.execute(tx)).rows)
    if (name.startsWith(draft))
      await sql`ALTER INDEX ${sql.ref(name)} RENAME TO ${sql.ref(name.slice(draft.length))}`.execute(tx);
}

/** One process rewrites at a time. */
async function isMine(tx: Writer): Promise<boolean> {
  const lock = sql<{ mine: boolean }>`SELECT pg_try_advisory_xact_lock(hashtextextended('votix rewriting', 0)) AS mine`;
  return (await lock.execute(tx)).rows[0]!.mine;
}

/** False when another process is at it. */
export async function rewriteInKeyOrder(db: Database): Promise<boolean> {
  if (db.kind === 'sqlite') {
    await db.compact(); // VACUUM rewrites a clustered table in the order of its key; PostgreSQL's would keep xmin
    return true;
  }
  for (const table of Object.keys(keys) as Table[]) if (!(await db.write((tx) => rewrite(tx, table)))) return false;
  return true;
}
