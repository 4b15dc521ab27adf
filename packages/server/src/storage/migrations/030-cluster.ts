// What several processes share: whose turn it is to send mails and to sum a box, and an index for forgetting old attempts.

import { migrationOf } from './dialect.ts';

export const cluster = migrationOf(({ id, instant }) => [
  `ALTER TABLE mail_pace ADD COLUMN holder ${id} NOT NULL DEFAULT ''`,
  `ALTER TABLE mail_pace ADD COLUMN held_until ${instant} NOT NULL DEFAULT 0`,
  `ALTER TABLE verifiable_elections ADD COLUMN summed_until ${instant} NOT NULL DEFAULT 0`,
  'CREATE INDEX throttles_by_age ON throttles (seen_at)',
]);
