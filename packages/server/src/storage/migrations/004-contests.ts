// The size of the roll at the close, which quorum and record go by; logos found by the address they are served at.

import { migrationOf } from './dialect.ts';

export const contestsAndLogos = migrationOf(() => [
  'ALTER TABLE elections ADD COLUMN registered_count INTEGER',
  `UPDATE elections SET registered_count = (SELECT count(*) FROM voters WHERE election_id = elections.id)
    WHERE sealed_at IS NOT NULL`,
  'CREATE INDEX logos_by_hash ON logos (hash)',
]);
