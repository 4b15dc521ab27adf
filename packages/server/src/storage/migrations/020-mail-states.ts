// The roll filtered by what became of its mails: the few that are refused or late by their status, and the mails of one
// voter from the index alone.

import { migrationOf } from './dialect.ts';

export const mailStates = migrationOf(() => [
  'CREATE INDEX deliveries_by_status ON deliveries (election_id, status)',
  'DROP INDEX deliveries_of_voter',
  'CREATE INDEX deliveries_of_voter ON deliveries (voter_id, kind, round, status)',
]);
