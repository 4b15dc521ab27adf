// How far the arming of a verifiable election is: with thousands of voters it takes longer than a page may load.

import { migrationOf } from './dialect.ts';

export const armings = migrationOf(({ id, instant, table }) => [
  `CREATE TABLE armings (
    election_id ${id} PRIMARY KEY REFERENCES elections (id) ON DELETE CASCADE,
    started_at ${instant} NOT NULL, beat_at ${instant} NOT NULL,
    done INTEGER NOT NULL, total INTEGER NOT NULL, problem TEXT)${table}`,
]);
