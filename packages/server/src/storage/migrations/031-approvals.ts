// What one administrator asks another to confirm.

import { type Kysely, sql } from 'kysely';

const statements = (postgres: boolean): string[] => {
  const id = postgres ? 'TEXT COLLATE "C"' : 'TEXT';
  const instant = postgres ? 'BIGINT' : 'INTEGER';
  const table = postgres ? '' : ' STRICT';
  return [
    `CREATE TABLE approvals (
      id ${id} PRIMARY KEY, deed TEXT NOT NULL, election_id ${id} REFERENCES elections (id) ON DELETE CASCADE,
      target ${id} NOT NULL, reason TEXT NOT NULL, state TEXT NOT NULL, asked_by ${id} NOT NULL, asked_at ${instant} NOT NULL,
      expires_at ${instant} NOT NULL, decided_by ${id}, decided_at ${instant},
      CHECK ((decided_by IS NULL) = (decided_at IS NULL)))${table}`,
    'CREATE INDEX approvals_of_election ON approvals (election_id)',
  ];
};

export const approvals = (postgres: boolean) => ({
  up: async (db: Kysely<unknown>): Promise<void> => {
    for (const statement of statements(postgres)) await sql.raw(statement).execute(db);
  },
});
