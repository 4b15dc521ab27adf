// Which credential is a voter's, as a keyed hash; and the credential itself, sealed, while it waits to be sent.

import type { Reader, Writer } from './database.ts';
import { prepared } from './prepared.ts';
import type { VoterCredentialsTable } from './tables.ts';

export type VoterCredentialRow = VoterCredentialsTable;

const chunk = 500;

/** The rows must come sorted by voter, so that nothing of the order of the credentials shows. */
export async function insertVoterCredentials(tx: Writer, rows: readonly VoterCredentialRow[]): Promise<void> {
  for (let start = 0; start < rows.length; start += chunk)
    await tx
      .insertInto('voter_credentials')
      .values(rows.slice(start, start + chunk))
      .execute();
}

/** Another credential for this voter; the former one is nobody's any more. */
export async function saveVoterCredential(tx: Writer, row: VoterCredentialRow): Promise<void> {
  await tx
    .insertInto('voter_credentials')
    .values(row)
    .onConflict((conflict) =>
      conflict.column('voter_id').doUpdateSet({ credential_hash: row.credential_hash, pending: row.pending }),
    )
    .execute();
}

/** Voter → hash, of those of these voters that have one. */
export async function listCredentialHashes(
  db: Reader,
  voterIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (voterIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('voter_credentials')
    .select(['voter_id', 'credential_hash'])
    .where('voter_id', 'in', voterIds)
    .execute();
  return new Map(rows.map((row) => [row.voter_id, row.credential_hash]));
}

/** Voters of the roll without a credential, sorted. */
export async function listUncovered(db: Reader, electionId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('voters')
    .leftJoin('voter_credentials', 'voter_credentials.voter_id', 'voters.id')
    .select('voters.id')
    .where('voters.election_id', '=', electionId)
    .where('voter_credentials.voter_id', 'is', null)
    .orderBy('voters.id')
    .execute();
  return rows.map(({ id }) => id);
}

const hashesOf = prepared((db, voterId: string) =>
  db.selectFrom('voter_credentials').select('credential_hash').where('voter_id', '=', voterId),
);

export async function findCredentialHash(db: Reader, voterId: string): Promise<string | undefined> {
  return (await hashesOf(db, voterId))[0]?.credential_hash;
}

/** Those that wait to be sent, sealed. */
export async function listPending(
  db: Reader,
  voterIds: readonly string[],
): Promise<{ voter_id: string; pending: string | null }[]> {
  if (voterIds.length === 0) return [];
  return db
    .selectFrom('voter_credentials')
    .select(['voter_id', 'pending'])
    .where('voter_id', 'in', voterIds)
    .where('pending', 'is not', null)
    .execute();
}

/** From then on nobody can read them, with or without their key. */
export async function forgetPending(tx: Writer, electionId: string): Promise<void> {
  await tx
    .updateTable('voter_credentials')
    .set({ pending: null })
    .where('election_id', '=', electionId)
    .where('pending', 'is not', null)
    .execute();
}

export async function deleteVoterCredentials(tx: Writer, electionId: string): Promise<void> {
  await tx.deleteFrom('voter_credentials').where('election_id', '=', electionId).execute();
}
