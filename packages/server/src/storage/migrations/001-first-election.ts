// The tables of a whole election. On PostgreSQL ids compare bytewise (COLLATE "C"); on SQLite tables are STRICT and
// signing list and box are clustered by their key, without a rowid that would tell the order of arrival.

import { migrationOf } from './dialect.ts';

export const firstElection = migrationOf(({ id, instant, table, clustered }) => [
  `CREATE TABLE settings (name ${id} PRIMARY KEY, value TEXT NOT NULL)${clustered}`,
  `CREATE TABLE accounts (
      id ${id} PRIMARY KEY, email TEXT NOT NULL, email_key ${id} NOT NULL UNIQUE, name TEXT NOT NULL,
      role TEXT NOT NULL CHECK (role IN ('admin', 'technician', 'observer')),
      password_hash TEXT NOT NULL, created_at ${instant} NOT NULL)${table}`,
  `CREATE TABLE sessions (
      token_hash ${id} PRIMARY KEY, account_id ${id} NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
      created_at ${instant} NOT NULL, seen_at ${instant} NOT NULL, authenticated_at ${instant} NOT NULL)${table}`,
  `CREATE TABLE throttles (
      name ${id} PRIMARY KEY, attempts INTEGER NOT NULL, pauses INTEGER NOT NULL,
      paused_until ${instant} NOT NULL)${clustered}`,
  `CREATE TABLE elections (
      id ${id} PRIMARY KEY, name TEXT NOT NULL, description TEXT NOT NULL, zone TEXT NOT NULL,
      opens_at ${instant} NOT NULL, closes_at ${instant} NOT NULL CHECK (closes_at > opens_at),
      minimum_ballots INTEGER NOT NULL CHECK (minimum_ballots >= 1), sealing TEXT NOT NULL, created_at ${instant} NOT NULL,
      armed_at ${instant}, definition TEXT, public_key TEXT, fingerprint TEXT,
      sealed_at ${instant}, ballot_count INTEGER, signature_count INTEGER, box_hash TEXT, rewritten_at ${instant},
      handed_out_at ${instant},
      deliberated_at ${instant}, tally TEXT, invalid_ballots TEXT, published_at ${instant},
      CHECK ((armed_at IS NULL) = (definition IS NULL AND public_key IS NULL AND fingerprint IS NULL)),
      CHECK ((sealed_at IS NULL) = (ballot_count IS NULL AND signature_count IS NULL AND box_hash IS NULL)),
      CHECK ((deliberated_at IS NULL) = (tally IS NULL AND invalid_ballots IS NULL)))${table}`,
  `CREATE TABLE contests (
      id ${id} PRIMARY KEY, election_id ${id} NOT NULL REFERENCES elections (id) ON DELETE CASCADE,
      position INTEGER NOT NULL, title TEXT NOT NULL, min_choices INTEGER NOT NULL, max_choices INTEGER NOT NULL,
      blank INTEGER NOT NULL CHECK (blank IN (0, 1)), CHECK (1 <= min_choices AND min_choices <= max_choices))${table}`,
  'CREATE INDEX contests_of_election ON contests (election_id, position)',
  `CREATE TABLE candidates (
      id ${id} PRIMARY KEY, contest_id ${id} NOT NULL REFERENCES contests (id) ON DELETE CASCADE,
      position INTEGER NOT NULL, name TEXT NOT NULL, text TEXT NOT NULL)${table}`,
  'CREATE INDEX candidates_of_contest ON candidates (contest_id, position)',
  `CREATE TABLE buildings (id ${id} PRIMARY KEY, name TEXT NOT NULL, name_key ${id} NOT NULL UNIQUE)${table}`,
  `CREATE TABLE voters (
      id ${id} PRIMARY KEY, election_id ${id} NOT NULL REFERENCES elections (id) ON DELETE CASCADE,
      last_name TEXT NOT NULL, first_name TEXT NOT NULL, email TEXT NOT NULL, email_key ${id} NOT NULL,
      sort_key ${id} NOT NULL, promotion TEXT NOT NULL, building_id ${id} REFERENCES buildings (id),
      UNIQUE (election_id, email_key))${table}`,
  'CREATE INDEX voters_sorted ON voters (election_id, sort_key, id)',
  `CREATE TABLE links (
      link_hash ${id} PRIMARY KEY, key_hash ${id} NOT NULL UNIQUE,
      voter_id ${id} NOT NULL REFERENCES voters (id) ON DELETE CASCADE,
      sealed TEXT NOT NULL, issued_at ${instant} NOT NULL, replaced_at ${instant})${table}`,
  'CREATE UNIQUE INDEX links_current ON links (voter_id) WHERE replaced_at IS NULL',
  `CREATE TABLE codes (
      voter_id ${id} PRIMARY KEY REFERENCES voters (id) ON DELETE CASCADE,
      code_hash TEXT NOT NULL, sealed TEXT NOT NULL)${table}`,
  `CREATE TABLE code_failures (
      voter_id ${id} PRIMARY KEY, failures INTEGER NOT NULL, pauses INTEGER NOT NULL,
      locked_until ${instant} NOT NULL)${clustered}`,
  `CREATE TABLE signatures (
      election_id ${id} NOT NULL, voter_id ${id} NOT NULL, signed_on TEXT NOT NULL,
      PRIMARY KEY (election_id, voter_id))${clustered}`,
  `CREATE TABLE ballots (
      election_id ${id} NOT NULL, receipt ${id} NOT NULL, ballot TEXT NOT NULL,
      PRIMARY KEY (election_id, receipt))${clustered}`,
  `CREATE TABLE participation (
      election_id ${id} NOT NULL, quarter ${instant} NOT NULL, votes INTEGER NOT NULL,
      PRIMARY KEY (election_id, quarter))${clustered}`,
]);
