// How far the arming of a verifiable election is: with thousands of voters it takes longer than a page may load.

import { type Kysely, sql } from 'kysely';

const statement = (postgres: boolean): string => {
  const [id, instant] = postgres ? ['TEXT COLLATE "C"', 'BIGINT'] : ['TEXT', 'INTEGER'];
  return `CREATE TABLE armings (
    election_id ${id} PRIMARY KEY REFERENCES elections (id) ON DELETE CASCADE,
    started_at ${instant} NOT NULL, beat_at ${instant} NOT NULL,
    done INTEGER NOT NULL, total INTEGER NOT NULL, problem TEXT)${postgres ? '' : ' STRICT'}`;
};

export const armings = (postgres: boolean) => ({
  up: async (db: Kysely<unknown>): Promise<void> => {
    await sql.raw(statement(postgres)).execute(db);
  },
});
