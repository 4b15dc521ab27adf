// One row per setting instead of one for the whole organisation, so that each can follow the environment or not; one-time
// links with which people choose their password; on which device a session runs; when a throttle last counted.

import { type Kysely, sql } from 'kysely';
import { type Dialect, dialectOf, type Migration, run } from './dialect.ts';

const statements = ({ id, instant, table }: Dialect): string[] => [
  // An account without a password cannot log in: its link is on the way.
  `CREATE TABLE account_links (
      link_hash ${id} PRIMARY KEY,
      account_id ${id} NOT NULL UNIQUE REFERENCES accounts (id) ON DELETE CASCADE,
      expires_at ${instant} NOT NULL)${table}`,
  "ALTER TABLE sessions ADD COLUMN device TEXT NOT NULL DEFAULT ''",
  `ALTER TABLE throttles ADD COLUMN seen_at ${instant} NOT NULL DEFAULT 0`,
  'CREATE INDEX sessions_of_account ON sessions (account_id)',
];

const names = {
  organisation: 'ASSOCIATION_NAME',
  contactName: 'CONTACT_NAME',
  contactEmail: 'CONTACT_EMAIL',
  retentionDays: 'RETENTION_DAYS',
  language: 'DEFAULT_LANGUAGE',
  zone: 'TIME_ZONE',
  baseUrl: 'VOTING_URL',
} as const;

export const accountsAndSettings = (postgres: boolean): Migration => ({
  up: async (db: Kysely<unknown>): Promise<void> => {
    await run(db, statements(dialectOf(postgres)));
    const found = await sql<{ value: string }>`SELECT value FROM settings WHERE name = 'organisation'`.execute(db);
    for (const { value } of found.rows) {
      const organisation = JSON.parse(value) as Readonly<Record<string, string | number>>;
      for (const [field, name] of Object.entries(names)) {
        const text = String(organisation[field]);
        await sql`INSERT INTO settings (name, value) VALUES (${`setting.${name}`}, ${text})`.execute(db);
      }
      await sql`INSERT INTO settings (name, value) VALUES ('set-up', 'done')`.execute(db);
    }
    await sql`DELETE FROM settings WHERE name = 'organisation'`.execute(db);
  },
});
