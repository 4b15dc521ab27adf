// What is deleted for good: a draft, a rehearsal with its box, the personal data of an archived election. Signing list and
// box of a real election are never among it.

import type { ExpressionBuilder } from 'kysely';
import type { Reader, Writer } from './database.ts';
import type { Instant, Tables } from './tables.ts';
import { deleteVoters } from './voters.ts';

/** Contests, candidates, logos, voters, links and codes go with it; does nothing to a real election that is armed. */
export async function deleteElection(tx: Writer, id: string): Promise<void> {
  const isDeletable = (on: ExpressionBuilder<Tables, 'elections'>) =>
    on.and([on('id', '=', id), on.or([on('armed_at', 'is', null), on('rehearsal_of', 'is not', null)])]);
  const election = tx.selectFrom('elections').select('id').where(isDeletable);
  const voters = tx.selectFrom('voters').select('id').where('election_id', 'in', election);
  await tx.deleteFrom('code_failures').where('voter_id', 'in', voters).execute();
  await tx.deleteFrom('integrity_checks').where('election_id', 'in', election).execute(); // it may have been armed before
  await tx.deleteFrom('elections').where(isDeletable).execute();
}

const ofCasts = ['signatures', 'ballots', 'participation', 'turnout', 'boards', 'board_events'] as const;

/** The test votes; does nothing to an election that is no rehearsal. */
export async function deleteTestVotes(tx: Writer, id: string): Promise<void> {
  const rehearsal = tx.selectFrom('elections').select('id').where('id', '=', id).where('rehearsal_of', 'is not', null);
  for (const table of ofCasts) await tx.deleteFrom(table).where('election_id', 'in', rehearsal).execute();
}

/** At most `limit` voters with their links, codes and failures; how many there were. */
export async function deleteVoterSlice(tx: Writer, electionId: string, limit: number): Promise<number> {
  const rows = await tx.selectFrom('voters').select('id').where('election_id', '=', electionId).limit(limit).execute();
  const ids = rows.map((row) => row.id);
  await deleteVoters(tx, ids);
  return ids.length;
}

/** What imports have kept: the sealed parts of a dry run, and what each one changed. */
export async function deleteImports(tx: Writer, electionId: string): Promise<void> {
  await tx.deleteFrom('voter_imports').where('election_id', '=', electionId).execute();
}

/** Real elections that ended before this instant, are published or abandoned, and still hold personal data. */
export async function listElectionsToPurge(db: Reader, endedBefore: Instant): Promise<string[]> {
  const rows = await db
    .selectFrom('elections')
    .select('id')
    .where('purged_at', 'is', null)
    .where('rehearsal_of', 'is', null)
    .where((where) => where.or([where('published_at', 'is not', null), where('abandoned_at', 'is not', null)]))
    .where((where) => where.or([where('closes_at', '<=', endedBefore), where('abandoned_at', '<=', endedBefore)]))
    .orderBy('closes_at')
    .execute();
  return rows.map((row) => row.id);
}

export async function listRehearsals(db: Reader, electionId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('elections')
    .select('id')
    .where('rehearsal_of', '=', electionId)
    .orderBy('id')
    .execute();
  return rows.map((row) => row.id);
}
