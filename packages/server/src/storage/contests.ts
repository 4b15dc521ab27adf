// The questions of an election, in their order.

import type { Updateable } from 'kysely';
import type { Reader, Writer } from './database.ts';
import type { ContestsTable } from './tables.ts';

export type ContestRow = ContestsTable;

export async function insertContest(tx: Writer, contest: ContestRow): Promise<void> {
  await tx.insertInto('contests').values(contest).execute();
}

export async function updateContest(tx: Writer, id: string, values: Updateable<ContestsTable>): Promise<void> {
  await tx.updateTable('contests').set(values).where('id', '=', id).execute();
}

export async function listContests(db: Reader, electionId: string): Promise<ContestRow[]> {
  return db.selectFrom('contests').selectAll().where('election_id', '=', electionId).orderBy('position').execute();
}

/** Its candidates and their logos go with it. */
export async function deleteContest(tx: Writer, id: string): Promise<void> {
  await tx.deleteFrom('contests').where('id', '=', id).execute();
}
