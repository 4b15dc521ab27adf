// What the volunteer's console needs: the audit log, rules of a contest, logos, buildings with icon and colour, turnout per
// group, ways back, rehearsals.

import { migrationOf } from './dialect.ts';

export const consoleTables = migrationOf(({ id, instant, bytes, table, clustered }) => [
  'ALTER TABLE elections ADD COLUMN quorum INTEGER NOT NULL DEFAULT 0',
  "ALTER TABLE elections ADD COLUMN tie_rule TEXT NOT NULL DEFAULT 'announce'",
  'ALTER TABLE elections ADD COLUMN key_shares TEXT',
  `ALTER TABLE elections ADD COLUMN abandoned_at ${instant}`,
  `ALTER TABLE elections ADD COLUMN archived_at ${instant}`,
  `ALTER TABLE elections ADD COLUMN purged_at ${instant}`,
  `ALTER TABLE elections ADD COLUMN rehearsal_of ${id}`,
  "ALTER TABLE contests ADD COLUMN candidate_order TEXT NOT NULL DEFAULT 'fixed'",
  "ALTER TABLE contests ADD COLUMN order_seed TEXT NOT NULL DEFAULT ''",
  'ALTER TABLE contests ADD COLUMN seats INTEGER NOT NULL DEFAULT 1',
  "ALTER TABLE buildings ADD COLUMN icon TEXT NOT NULL DEFAULT 'building'",
  "ALTER TABLE buildings ADD COLUMN colour TEXT NOT NULL DEFAULT '#52606d'",
  `ALTER TABLE voters ADD COLUMN search_key ${id} NOT NULL DEFAULT ''`,
  `ALTER TABLE voters ADD COLUMN added_at ${instant} NOT NULL DEFAULT 0`,
  `CREATE TABLE logos (
      candidate_id ${id} PRIMARY KEY REFERENCES candidates (id) ON DELETE CASCADE,
      image ${bytes} NOT NULL, hash TEXT NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL)${table}`,
  `CREATE TABLE turnout (
      election_id ${id} NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('building', 'promotion')), name ${id} NOT NULL,
      votes INTEGER NOT NULL, PRIMARY KEY (election_id, kind, name))${clustered}`,
  `CREATE TABLE audit_log (
      position INTEGER PRIMARY KEY, at ${instant} NOT NULL, actor ${id} NOT NULL, action TEXT NOT NULL,
      election_id ${id}, subject ${id}, details TEXT NOT NULL, reason TEXT NOT NULL,
      previous TEXT NOT NULL, hash TEXT NOT NULL UNIQUE)${table}`,
  'CREATE INDEX audit_log_of_election ON audit_log (election_id, position)',
  'CREATE INDEX audit_log_of_subject ON audit_log (subject, position)',
  `CREATE TABLE audit_head (
      name ${id} PRIMARY KEY, position INTEGER NOT NULL, hash TEXT NOT NULL)${clustered}`,
]);
