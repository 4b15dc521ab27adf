// A connection to a directory on its way: what must come back is known by a hash, for the browser that left, once, within
// minutes. The verifier and the nonce wait here, sealed.

import type { Database } from '../storage/database.ts';
import {
  deleteDirectoryRequests,
  insertDirectoryRequest,
  takeDirectoryRequest,
} from '../storage/directory-requests.ts';
import { tokenHash } from './sessions.ts';
import type { Vault } from './vault.ts';

const keptMs = 10 * 60_000;

export interface DirectoryRequest {
  readonly verifier: string;
  readonly nonce: string;
  readonly redirectUri: string;
  readonly clientId: string;
}

/** The former one of this browser is forgotten. */
export async function keepRequest(
  db: Database,
  vault: Vault,
  { state, session }: { readonly state: string; readonly session: string },
  request: DirectoryRequest,
): Promise<void> {
  const state_hash = tokenHash(state);
  const sealed = await vault.seal('directory', `request ${state_hash}`, JSON.stringify(request));
  await db.write(async (tx) => {
    const now = await db.now(tx);
    await deleteDirectoryRequests(tx, tokenHash(session), now - keptMs);
    await insertDirectoryRequest(tx, { state_hash, session_hash: tokenHash(session), sealed, created_at: now });
  });
}

/** Undefined when this browser has begun nothing of this state, has finished it already, or has taken too long. */
export async function takeRequest(
  db: Database,
  vault: Vault,
  { state, session }: { readonly state: string; readonly session: string },
): Promise<DirectoryRequest | undefined> {
  const state_hash = tokenHash(state);
  const { row, now } = await db.write(async (tx) => ({
    row: await takeDirectoryRequest(tx, state_hash, tokenHash(session)),
    now: await db.now(tx),
  }));
  if (!row || now > row.created_at + keptMs) return undefined;
  return JSON.parse(await vault.open('directory', `request ${state_hash}`, row.sealed)) as DirectoryRequest;
}
