// The signing list: insert-only, the day only, in the order of its key.

import type { Reader, Writer } from './database.ts';
import type { SignaturesTable } from './tables.ts';

export async function listSignatures(
  db: Reader,
  electionId: string,
  voterIds: readonly string[],
): Promise<SignaturesTable[]> {
  return db
    .selectFrom('signatures')
    .selectAll()
    .where('election_id', '=', electionId)
    .where('voter_id', 'in', voterIds)
    .execute();
}

/** How many were new; the rows must come sorted by voter, so that two commits never wait for each other in a circle. */
export async function insertSignatures(tx: Writer, rows: readonly SignaturesTable[]): Promise<number> {
  if (rows.length === 0) return 0;
  const inserted = await tx
    .insertInto('signatures')
    .values([...rows])
    .onConflict((conflict) => conflict.columns(['election_id', 'voter_id']).doNothing())
    .returning('voter_id')
    .execute();
  return inserted.length;
}

export async function countSignatures(db: Reader, electionId: string): Promise<number> {
  const row = await db
    .selectFrom('signatures')
    .select((count) => count.fn.countAll<number>().as('n'))
    .where('election_id', '=', electionId)
    .executeTakeFirstOrThrow();
  return row.n;
}
