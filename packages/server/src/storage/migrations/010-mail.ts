// Mail: what is sent to many at once, one row per voter, kind and round (never a body), the texts and their versions, and
// the pace that all processes share.

import { migrationOf } from './dialect.ts';

export const mail = migrationOf(({ id, instant, table, clustered }) => [
  "ALTER TABLE voters ADD COLUMN language TEXT NOT NULL DEFAULT ''",
  "ALTER TABLE elections ADD COLUMN code_channel TEXT NOT NULL DEFAULT 'same-mail'",
  `CREATE TABLE mailings (
      id ${id} PRIMARY KEY, election_id ${id} NOT NULL REFERENCES elections (id) ON DELETE CASCADE,
      kind TEXT NOT NULL CHECK (kind IN ('invitation', 'link', 'code', 'reminder')), round INTEGER NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('running', 'paused', 'stopped', 'cancelled', 'finished')),
      why TEXT NOT NULL, created_at ${instant} NOT NULL, created_by ${id} NOT NULL)${table}`,
  'CREATE INDEX mailings_of_election ON mailings (election_id, created_at)',
  `CREATE TABLE deliveries (
      id ${id} PRIMARY KEY, mailing_id ${id} NOT NULL REFERENCES mailings (id) ON DELETE CASCADE,
      election_id ${id} NOT NULL, voter_id ${id} NOT NULL REFERENCES voters (id) ON DELETE CASCADE,
      kind TEXT NOT NULL, round INTEGER NOT NULL,
      status TEXT NOT NULL CHECK (status IN
        ('queued', 'sending', 'accepted', 'deferred', 'rejected', 'unknown', 'cancelled')),
      cause TEXT NOT NULL, reply_code TEXT NOT NULL, attempts INTEGER NOT NULL, due_at ${instant} NOT NULL,
      lease_until ${instant}, changed_at ${instant} NOT NULL, UNIQUE (election_id, voter_id, kind, round))${table}`,
  `CREATE INDEX deliveries_due ON deliveries (due_at) WHERE status IN ('queued', 'deferred')`,
  `CREATE INDEX deliveries_leased ON deliveries (lease_until) WHERE status = 'sending'`,
  'CREATE INDEX deliveries_of_mailing ON deliveries (mailing_id, status)',
  'CREATE INDEX deliveries_of_voter ON deliveries (voter_id)',
  `CREATE TABLE mail_texts (
      election_id ${id} NOT NULL REFERENCES elections (id) ON DELETE CASCADE, kind TEXT NOT NULL, locale TEXT NOT NULL,
      version INTEGER NOT NULL, subject TEXT NOT NULL, body TEXT NOT NULL, saved_at ${instant} NOT NULL,
      PRIMARY KEY (election_id, kind, locale, version))${clustered}`,
  `CREATE TABLE mail_pace (name ${id} PRIMARY KEY, minute ${instant} NOT NULL, claimed INTEGER NOT NULL)${clustered}`,
]);
