// The directory that the instance is connected to: its tokens, sealed, with whose turn it is to renew them; and the
// connections that somebody has begun and not finished.

import { migrationOf } from './dialect.ts';

export const directory = migrationOf(({ id, instant, clustered }) => [
  `CREATE TABLE directory_connections (
      provider ${id} PRIMARY KEY, id ${id} NOT NULL UNIQUE, sealed TEXT NOT NULL, scopes TEXT NOT NULL,
      connected_at ${instant} NOT NULL, used_at ${instant}, problem TEXT NOT NULL, said TEXT NOT NULL,
      access TEXT, access_until ${instant} NOT NULL, lease_until ${instant} NOT NULL)${clustered}`,
  `CREATE TABLE directory_requests (
      state_hash ${id} PRIMARY KEY, session_hash ${id} NOT NULL, sealed TEXT NOT NULL,
      created_at ${instant} NOT NULL)${clustered}`,
]);
