// The roll filtered by what became of its mails: the few that are refused or late by their status, and the mails of one
// voter from the index alone.

import { type Kysely, sql } from 'kysely';

const statements = [
  'CREATE INDEX deliveries_by_status ON deliveries (election_id, status)',
  'DROP INDEX deliveries_of_voter',
  'CREATE INDEX deliveries_of_voter ON deliveries (voter_id, kind, round, status)',
];

export const mailStates = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
