// The directory that the instance is connected to: its tokens, sealed, with whose turn it is to renew them; and the
// connections that somebody has begun and not finished.

import { type Kysely, sql } from 'kysely';

const statements = (postgres: boolean): string[] => {
  const [id, instant, table] = postgres
    ? ['TEXT COLLATE "C"', 'BIGINT', '']
    : ['TEXT', 'INTEGER', ' STRICT, WITHOUT ROWID'];
  return [
    `CREATE TABLE directory_connections (
      provider ${id} PRIMARY KEY, id ${id} NOT NULL UNIQUE, sealed TEXT NOT NULL, scopes TEXT NOT NULL,
      connected_at ${instant} NOT NULL, used_at ${instant}, problem TEXT NOT NULL, said TEXT NOT NULL,
      access TEXT, access_until ${instant} NOT NULL, lease_until ${instant} NOT NULL)${table}`,
    `CREATE TABLE directory_requests (
      state_hash ${id} PRIMARY KEY, session_hash ${id} NOT NULL, sealed TEXT NOT NULL,
      created_at ${instant} NOT NULL)${table}`,
  ];
};

export const directory = (postgres: boolean) => ({
  up: async (db: Kysely<unknown>): Promise<void> => {
    for (const statement of statements(postgres)) await sql.raw(statement).execute(db);
  },
});
