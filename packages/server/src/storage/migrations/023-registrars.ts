// Registrars: who makes the voters' credentials of a verifiable election instead of the server, invited by a link; what they
// have made, and the reserve for voters who come late or lose theirs. No row names a voter beside a public credential.

import { migrationOf } from './dialect.ts';

export const registrars = migrationOf(({ id, table, clustered }) => {
  const election = `election_id ${id} NOT NULL REFERENCES elections (id) ON DELETE CASCADE`;
  return [
    `CREATE TABLE registrars (
      election_id ${id} PRIMARY KEY REFERENCES elections (id) ON DELETE CASCADE, name TEXT NOT NULL,
      link_hash ${id} NOT NULL UNIQUE, sealed TEXT NOT NULL, reserve INTEGER NOT NULL CHECK (reserve >= 0),
      attempt TEXT, credentials TEXT, voters INTEGER,
      CHECK ((credentials IS NULL) = (voters IS NULL)))${table}`,
    `CREATE TABLE registered_credentials (
      ${election}, credential ${id} NOT NULL, PRIMARY KEY (election_id, credential))${clustered}`,
    `CREATE TABLE reserve_credentials (
      ${election}, number INTEGER NOT NULL, credential ${id} NOT NULL,
      given TEXT CHECK (given IN ('late', 'replaced')), holder TEXT,
      PRIMARY KEY (election_id, number), UNIQUE (election_id, credential),
      CHECK (holder IS NULL OR given IS NOT NULL))${clustered}`,
  ];
});
