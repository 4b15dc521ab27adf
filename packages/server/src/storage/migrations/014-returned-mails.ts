// The mailbox to which undeliverable mails return: how far it has been read, and whose turn it is.

import { migrationOf } from './dialect.ts';

export const returnedMails = migrationOf(({ id, instant, clustered }) => [
  `CREATE TABLE returned_mailboxes (
          name ${id} PRIMARY KEY, validity TEXT NOT NULL, uid ${instant} NOT NULL,
          lease_until ${instant} NOT NULL, looked_at ${instant} NOT NULL, problem TEXT NOT NULL)${clustered}`,
]);
