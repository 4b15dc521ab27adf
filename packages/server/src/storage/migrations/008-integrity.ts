// The last outcome of each integrity check: verdicts and times of checks, never counts, so that nothing in it can time or
// number a ballot.

import { migrationOf } from './dialect.ts';

export const integrityChecks = migrationOf(({ id, instant, clustered }) => [
  `CREATE TABLE integrity_checks (
          election_id ${id} NOT NULL, name ${id} NOT NULL, due_at ${instant} NOT NULL, checked_at ${instant},
          fault TEXT NOT NULL, since ${instant}, checks INTEGER NOT NULL, failures INTEGER NOT NULL,
          failed_at ${instant}, PRIMARY KEY (election_id, name))${clustered}`,
]);
