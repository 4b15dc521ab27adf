// A roll of a hundred thousand: an index for each order and filter of its page, and what an import keeps between the dry
// run and the confirmation (sealed, for an hour) and until it can no longer be undone.

import { migrationOf } from './dialect.ts';

export const rollTables = migrationOf(({ id, instant, table, clustered }) => [
  'CREATE INDEX voters_by_promotion ON voters (election_id, promotion, sort_key, id)',
  'CREATE INDEX voters_by_building ON voters (election_id, building_id, sort_key, id)',
  'CREATE INDEX voters_by_arrival ON voters (election_id, added_at, id)',
  `CREATE TABLE voter_imports (
      id ${id} PRIMARY KEY, election_id ${id} NOT NULL REFERENCES elections (id) ON DELETE CASCADE, actor ${id} NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('reading', 'ready', 'refused', 'running', 'done', 'undone')),
      created_at ${instant} NOT NULL, beat_at ${instant} NOT NULL, done INTEGER NOT NULL, total INTEGER NOT NULL,
      digest TEXT NOT NULL, summary TEXT NOT NULL)${table}`,
  'CREATE INDEX voter_imports_of_election ON voter_imports (election_id, created_at)',
  `CREATE TABLE voter_import_parts (
      import_id ${id} NOT NULL REFERENCES voter_imports (id) ON DELETE CASCADE, part INTEGER NOT NULL,
      sealed TEXT NOT NULL, PRIMARY KEY (import_id, part))${clustered}`,
  `CREATE TABLE voter_import_changes (
      import_id ${id} NOT NULL REFERENCES voter_imports (id) ON DELETE CASCADE,
      voter_id ${id} NOT NULL REFERENCES voters (id) ON DELETE CASCADE,
      before TEXT, after TEXT, PRIMARY KEY (import_id, voter_id))${clustered}`,
  'CREATE INDEX voter_import_changes_of_voter ON voter_import_changes (voter_id)',
]);
