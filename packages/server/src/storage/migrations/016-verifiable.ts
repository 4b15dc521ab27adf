// Verifiable elections: the public board event by event, the trustees with what they made, and which credential is whose,
// told only to the server's secret. Casts write `boards` and `board_events`: no reference, as with the box.

import { migrationOf } from './dialect.ts';

export const verifiable = migrationOf(({ id, instant, bytes, table, clustered }) => [
  `CREATE TABLE verifiable_elections (
      election_id ${id} PRIMARY KEY REFERENCES elections (id) ON DELETE CASCADE,
      uuid ${id} NOT NULL UNIQUE, group_name TEXT NOT NULL CHECK (group_name IN ('Ed25519', 'BELENIOS-2048')),
      threshold INTEGER NOT NULL CHECK (threshold >= 0), election TEXT, trustees TEXT, tally TEXT, strict TEXT,
      credential_key TEXT,
      CHECK ((election IS NULL) = (trustees IS NULL)))${table}`,
  `CREATE TABLE boards (
      election_id ${id} PRIMARY KEY, started_at ${instant} NOT NULL, height INTEGER NOT NULL,
      hash TEXT NOT NULL)${clustered}`,
  `CREATE TABLE board_events (
      election_id ${id} NOT NULL, height INTEGER NOT NULL, type TEXT NOT NULL, hash TEXT NOT NULL,
      credential ${id}, receipt ${id}, content ${bytes},
      PRIMARY KEY (election_id, height), UNIQUE (election_id, credential),
      CHECK ((type = 'Ballot') = (receipt IS NOT NULL)),
      CHECK ((type = 'Ballot') = (credential IS NOT NULL)),
      CHECK ((type = 'Ballot') = (content IS NULL)))${clustered}`,
  `CREATE TABLE trustees (
      id ${id} PRIMARY KEY, election_id ${id} NOT NULL REFERENCES elections (id) ON DELETE CASCADE,
      position INTEGER NOT NULL, name TEXT NOT NULL, link_hash ${id} NOT NULL UNIQUE, sealed TEXT NOT NULL,
      certificate TEXT, polynomial TEXT, public_key TEXT, share TEXT, strict TEXT,
      UNIQUE (election_id, position))${table}`,
  `CREATE TABLE voter_credentials (
      voter_id ${id} PRIMARY KEY REFERENCES voters (id) ON DELETE CASCADE, election_id ${id} NOT NULL,
      credential_hash TEXT NOT NULL, pending TEXT)${clustered}`,
  'CREATE INDEX voter_credentials_of_election ON voter_credentials (election_id)',
]);
