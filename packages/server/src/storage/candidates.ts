// Who can be chosen in a contest, in order.

import type { Updateable } from 'kysely';
import type { Reader, Writer } from './database.ts';
import type { CandidatesTable } from './tables.ts';

export type CandidateRow = CandidatesTable;

/** With the hash of their picture. */
export type ListedCandidate = CandidateRow & { readonly logo: string | null };

export async function listCandidates(db: Reader, electionId: string): Promise<ListedCandidate[]> {
  return db
    .selectFrom('candidates')
    .innerJoin('contests', 'contests.id', 'candidates.contest_id')
    .leftJoin('logos', 'logos.candidate_id', 'candidates.id')
    .selectAll('candidates')
    .select('logos.hash as logo')
    .where('election_id', '=', electionId)
    .orderBy('contests.position')
    .orderBy('candidates.position')
    .execute();
}

export async function insertCandidate(tx: Writer, candidate: CandidateRow): Promise<void> {
  await tx.insertInto('candidates').values(candidate).execute();
}

export async function updateCandidate(tx: Writer, id: string, values: Updateable<CandidatesTable>): Promise<void> {
  await tx.updateTable('candidates').set(values).where('id', '=', id).execute();
}

export async function deleteCandidate(tx: Writer, id: string): Promise<void> {
  await tx.deleteFrom('candidates').where('id', '=', id).execute();
}
