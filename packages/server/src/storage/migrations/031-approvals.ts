// What one administrator asks another to confirm.

import { migrationOf } from './dialect.ts';

export const approvals = migrationOf(({ id, instant, table }) => [
  `CREATE TABLE approvals (
      id ${id} PRIMARY KEY, deed TEXT NOT NULL, election_id ${id} REFERENCES elections (id) ON DELETE CASCADE,
      target ${id} NOT NULL, reason TEXT NOT NULL, state TEXT NOT NULL, asked_by ${id} NOT NULL, asked_at ${instant} NOT NULL,
      expires_at ${instant} NOT NULL, decided_by ${id}, decided_at ${instant},
      CHECK ((decided_by IS NULL) = (decided_at IS NULL)))${table}`,
  'CREATE INDEX approvals_of_election ON approvals (election_id)',
]);
