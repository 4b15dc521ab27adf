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

/**
 * TRUNCATE gives the table a new file. DELETE and VACUUM would keep the old rows, with the xmin of their casts, for as long
 * as any session on this database has an older snapshot.
 */
async function rewrite(tx: Writer, table: keyof typeof keys): Promise<boolean> {
  if (!(await isMine(tx))) return false;
  const name = sql.table(table);
  const order = sql.join(keys[table].map((column) => sql.ref(column)));
  // A program that reads the table for long (a dump) must not make the votes of other elections queue behind this.
  await sql`SET LOCAL lock_timeout = '500ms'`.execute(tx);
  await sql`LOCK TABLE ${name} IN ACCESS EXCLUSIVE MODE`.execute(tx);
  await sql`CREATE TEMPORARY TABLE rewriting ON COMMIT DROP AS SELECT * FROM ${name}`.execute(tx);
  await sql`TRUNCATE ${name}`.execute(tx);
  await sql`INSERT INTO ${name} SELECT * FROM rewriting ORDER BY ${order}`.execute(tx);
  return true;
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
  for (const table of Object.keys(keys) as (keyof typeof keys)[])
    if (!(await db.write((tx) => rewrite(tx, table)))) return false;
  return true;
}
