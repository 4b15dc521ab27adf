// Which import brought a voter stands with the voter; an import's own entries are those it changed.

import { migrationOf } from './dialect.ts';

export const importedVoters = migrationOf(({ id }) => [
  `ALTER TABLE voters ADD COLUMN import_id ${id}`,
  `UPDATE voters SET import_id = (SELECT import_id FROM voter_import_changes AS entry
      WHERE entry.voter_id = voters.id AND entry.before IS NULL)
      WHERE id IN (SELECT voter_id FROM voter_import_changes WHERE before IS NULL)`,
  'DELETE FROM voter_import_changes WHERE before IS NULL',
]);
