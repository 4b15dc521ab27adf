// When the server backs itself up: one row, which the process that does it holds for the time of the backup.

import { migrationOf } from './dialect.ts';

export const backupRuns = migrationOf(({ id, instant, clustered }) => [
  `CREATE TABLE backup_runs (
          name ${id} PRIMARY KEY, due_at ${instant} NOT NULL, lease_until ${instant} NOT NULL,
          taken_at ${instant}, file TEXT NOT NULL, bytes ${instant} NOT NULL, voting INTEGER NOT NULL CHECK (voting IN (0, 1)),
          failed_at ${instant}, fault TEXT NOT NULL)${clustered}`,
]);
