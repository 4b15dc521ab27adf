// What gives a voter's link, key and code again, with the server's secret; those that were issued before stay sealed.

import { type Kysely, sql } from 'kysely';

export const salts = () => ({
  up: async (db: Kysely<unknown>): Promise<void> => {
    for (const table of ['links', 'codes'])
      await sql
        .raw(`ALTER TABLE ${table} ADD COLUMN salt TEXT NOT NULL DEFAULT '' CHECK ((salt = '') <> (sealed = ''))`)
        .execute(db);
  },
});
