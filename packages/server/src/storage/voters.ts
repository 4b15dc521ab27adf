// The roll of an election. Sorting uses the stored, normalised key, so that both databases give the same order.

import type { Reader, Writer } from './database.ts';
import type { VotersTable } from './tables.ts';

export type VoterRow = VotersTable;

export interface VoterOnRoll extends VoterRow {
  building: string | null;
  signed_on: string | null;
  locked_until: number | null;
}

export async function countVoters(db: Reader, electionId: string): Promise<number> {
  const row = await db
    .selectFrom('voters')
    .select((count) => count.fn.countAll<number>().as('n'))
    .where('election_id', '=', electionId)
    .executeTakeFirstOrThrow();
  return row.n;
}

export async function listVoters(
  db: Reader,
  electionId: string,
  page: { readonly limit: number; readonly offset: number },
): Promise<VoterOnRoll[]> {
  return db
    .selectFrom('voters')
    .leftJoin('buildings', 'buildings.id', 'voters.building_id')
    .leftJoin('signatures', (on) =>
      on.onRef('signatures.election_id', '=', 'voters.election_id').onRef('signatures.voter_id', '=', 'voters.id'),
    )
    .leftJoin('code_failures', 'code_failures.voter_id', 'voters.id')
    .selectAll('voters')
    .select(['buildings.name as building', 'signatures.signed_on', 'code_failures.locked_until'])
    .where('voters.election_id', '=', electionId)
    .orderBy('voters.sort_key')
    .orderBy('voters.id')
    .limit(page.limit)
    .offset(page.offset)
    .execute();
}

/** Those of the given addresses that are on the roll already. */
export async function listEmailKeys(db: Reader, electionId: string, emailKeys: readonly string[]): Promise<string[]> {
  if (emailKeys.length === 0) return [];
  const rows = await db
    .selectFrom('voters')
    .select('email_key')
    .where('election_id', '=', electionId)
    .where('email_key', 'in', emailKeys)
    .execute();
  return rows.map((row) => row.email_key);
}

/** The ids that were inserted: an address that is on the roll already is left as it is. */
export async function insertVoters(tx: Writer, voters: readonly VoterRow[]): Promise<Set<string>> {
  if (voters.length === 0) return new Set();
  const rows = await tx
    .insertInto('voters')
    .values([...voters])
    .onConflict((conflict) => conflict.columns(['election_id', 'email_key']).doNothing())
    .returning('id')
    .execute();
  return new Set(rows.map((row) => row.id));
}
