// The 4-digit codes as keyed hashes, and the failures of those who typed a wrong one.

import type { Reader, Writer } from './database.ts';
import { insertRows } from './insert-rows.ts';
import type { CodeFailuresTable, CodesTable } from './tables.ts';

export type CodeFailureRow = CodeFailuresTable;

/** Of voters who have one nothing is written. */
export async function insertMissingCodes(tx: Writer, codes: readonly CodesTable[]): Promise<void> {
  await insertRows(tx, 'codes', codes, (query) => query.onConflict((conflict) => conflict.doNothing()));
}

export async function saveCode(tx: Writer, code: CodesTable): Promise<void> {
  const { voter_id: _, ...values } = code;
  await tx
    .insertInto('codes')
    .values(code)
    .onConflict((conflict) => conflict.column('voter_id').doUpdateSet(values))
    .execute();
}

export async function listCodeFailures(db: Reader, voterIds: readonly string[]): Promise<CodeFailureRow[]> {
  return db.selectFrom('code_failures').selectAll().where('voter_id', 'in', voterIds).execute();
}

export async function saveCodeFailure(tx: Writer, failure: CodeFailureRow): Promise<void> {
  const { voter_id: _, ...values } = failure;
  await tx
    .insertInto('code_failures')
    .values(failure)
    .onConflict((conflict) => conflict.column('voter_id').doUpdateSet(values))
    .execute();
}

export async function deleteCodeFailures(tx: Writer, voterIds: readonly string[]): Promise<void> {
  if (voterIds.length > 0) await tx.deleteFrom('code_failures').where('voter_id', 'in', voterIds).execute();
}

/** How many voters of this election are paused at this instant: asked of those who failed, who are few, not of the roll. */
export async function countLocked(db: Reader, electionId: string, now: number): Promise<number> {
  const row = await db
    .selectFrom('code_failures')
    .select((count) => count.fn.countAll<number>().as('n'))
    .where('locked_until', '>', now)
    .where((on) =>
      on.exists(
        on
          .selectFrom('voters')
          .select('voters.id')
          .whereRef('voters.id', '=', 'code_failures.voter_id')
          .where('voters.election_id', '=', electionId),
      ),
    )
    .executeTakeFirstOrThrow();
  return row.n;
}

/** Removed with the box's sealing: nobody types a code any more. */
export async function deleteFailuresOfElection(tx: Writer, electionId: string): Promise<void> {
  await tx
    .deleteFrom('code_failures')
    .where('voter_id', 'in', tx.selectFrom('voters').select('id').where('election_id', '=', electionId))
    .execute();
}
