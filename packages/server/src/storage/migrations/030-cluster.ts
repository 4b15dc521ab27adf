// What several processes share: whose turn it is to send mails and to sum a box, and an index for forgetting old attempts.

import { type Kysely, sql } from 'kysely';

const statements = (postgres: boolean): string[] => {
  const id = postgres ? 'TEXT COLLATE "C"' : 'TEXT';
  const instant = postgres ? 'BIGINT' : 'INTEGER';
  return [
    `ALTER TABLE mail_pace ADD COLUMN holder ${id} NOT NULL DEFAULT ''`,
    `ALTER TABLE mail_pace ADD COLUMN held_until ${instant} NOT NULL DEFAULT 0`,
    `ALTER TABLE verifiable_elections ADD COLUMN summed_until ${instant} NOT NULL DEFAULT 0`,
    'CREATE INDEX throttles_by_age ON throttles (seen_at)',
  ];
};

export const cluster = (postgres: boolean) => ({
  up: async (db: Kysely<unknown>): Promise<void> => {
    for (const statement of statements(postgres)) await sql.raw(statement).execute(db);
  },
});
