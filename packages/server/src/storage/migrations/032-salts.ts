// What gives a voter's link, key and code again, with the server's secret; those that were issued before stay sealed.

import { migrationOf } from './dialect.ts';

export const salts = migrationOf(() =>
  ['links', 'codes'].map(
    (table) => `ALTER TABLE ${table} ADD COLUMN salt TEXT NOT NULL DEFAULT '' CHECK ((salt = '') <> (sealed = ''))`,
  ),
);
