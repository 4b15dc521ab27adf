// The last outcome of each integrity check: verdicts and times of checks, never counts, so that nothing in it can time or
// number a ballot.

import { type Kysely, sql } from 'kysely';

export const integrityChecks = (postgres: boolean) => ({
  up: async (db: Kysely<unknown>): Promise<void> => {
    const id = postgres ? 'TEXT COLLATE "C"' : 'TEXT';
    const instant = postgres ? 'BIGINT' : 'INTEGER';
    const table = postgres ? '' : ' STRICT, WITHOUT ROWID';
    await sql
      .raw(
        `CREATE TABLE integrity_checks (
          election_id ${id} NOT NULL, name ${id} NOT NULL, due_at ${instant} NOT NULL, checked_at ${instant},
          fault TEXT NOT NULL, since ${instant}, checks INTEGER NOT NULL, failures INTEGER NOT NULL,
          failed_at ${instant}, PRIMARY KEY (election_id, name))${table}`,
      )
      .execute(db);
  },
});
