// Databases link by themselves: PostgreSQL gives both rows of one cast the same xmin and keeps the order of arrival in
// ctid, SQLite keeps it in its pages. Once a box is sealed, signing list and box are written again in the order of their
// keys, each in a transaction of its own; the caller then compacts the files. The only place where either is deleted.

import { sql } from 'kysely';
import type { Database, Writer } from './database.ts';
import { lockElection } from './elections.ts';

const keys = { ballots: 'receipt', signatures: 'voter_id' } as const;

async function rewrite(db: Database, tx: Writer, table: keyof typeof keys, electionId: string): Promise<void> {
  await lockElection(db, tx, electionId); // two processes never rewrite the same box at once
  const [name, key] = [sql.table(table), sql.ref(keys[table])];
  await sql`CREATE TEMPORARY TABLE rewriting AS SELECT * FROM ${name} WHERE election_id = ${electionId}`.execute(tx);
  await sql`DELETE FROM ${name} WHERE election_id = ${electionId}`.execute(tx);
  await sql`INSERT INTO ${name} SELECT * FROM rewriting ORDER BY ${key}`.execute(tx);
  await sql`DROP TABLE rewriting`.execute(tx);
}

export async function rewriteInKeyOrder(db: Database, electionId: string): Promise<void> {
  // SQLite's VACUUM rewrites a clustered table in key order by itself; PostgreSQL's would keep xmin.
  if (db.kind === 'postgres') {
    await db.write((tx) => rewrite(db, tx, 'ballots', electionId));
    await db.write((tx) => rewrite(db, tx, 'signatures', electionId));
  }
  await db.compact();
}
