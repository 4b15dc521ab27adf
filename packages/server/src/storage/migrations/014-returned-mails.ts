// The mailbox to which undeliverable mails return: how far it has been read, and whose turn it is.

import { type Kysely, sql } from 'kysely';

export const returnedMails = (postgres: boolean) => ({
  up: async (db: Kysely<unknown>): Promise<void> => {
    const [id, instant, table] = postgres
      ? ['TEXT COLLATE "C"', 'BIGINT', '']
      : ['TEXT', 'INTEGER', ' STRICT, WITHOUT ROWID'];
    await sql
      .raw(
        `CREATE TABLE returned_mailboxes (
          name ${id} PRIMARY KEY, validity TEXT NOT NULL, uid ${instant} NOT NULL,
          lease_until ${instant} NOT NULL, looked_at ${instant} NOT NULL, problem TEXT NOT NULL)${table}`,
      )
      .execute(db);
  },
});
