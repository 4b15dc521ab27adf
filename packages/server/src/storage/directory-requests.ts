// Connections to a directory that were begun and not finished.

import type { Writer } from './database.ts';
import type { DirectoryRequestsTable, Instant } from './tables.ts';

export type DirectoryRequestRow = DirectoryRequestsTable;

export async function insertDirectoryRequest(tx: Writer, row: DirectoryRequestRow): Promise<void> {
  await tx.insertInto('directory_requests').values(row).execute();
}

/** Those of this browser, and those that are older. */
export async function deleteDirectoryRequests(tx: Writer, sessionHash: string, before: Instant): Promise<void> {
  await tx
    .deleteFrom('directory_requests')
    .where((or) => or.or([or('session_hash', '=', sessionHash), or('created_at', '<', before)]))
    .execute();
}

/** The request, which is gone then: of several who come with it, one. Another browser leaves it as it is. */
export async function takeDirectoryRequest(
  tx: Writer,
  stateHash: string,
  sessionHash: string,
): Promise<DirectoryRequestRow | undefined> {
  return tx
    .deleteFrom('directory_requests')
    .where('state_hash', '=', stateHash)
    .where('session_hash', '=', sessionHash)
    .returningAll()
    .executeTakeFirst();
}
