// Outcomes of integrity checks: one row for each check of an election, and one for the audit log of the instance. And the
// numbers that must agree.

import type { Reader, Writer } from './database.ts';
import type { Instant, IntegrityChecksTable } from './tables.ts';

export type IntegrityRow = IntegrityChecksTable;

export async function listIntegrity(db: Reader, electionIds: readonly string[]): Promise<IntegrityRow[]> {
  return db.selectFrom('integrity_checks').selectAll().where('election_id', 'in', electionIds).execute();
}

export interface CheckKey {
  readonly electionId: string;
  readonly name: string;
}

const never = { due_at: 0, checked_at: null, fault: '', since: null, checks: 0, failures: 0, failed_at: null };

/** True for the one process that may make this check now; others may at `dueAt`, also when this one dies meanwhile. */
export async function claimCheck(
  tx: Writer,
  { electionId, name }: CheckKey,
  { now, dueAt }: { readonly now: Instant; readonly dueAt: Instant },
): Promise<boolean> {
  const claimed = await tx
    .insertInto('integrity_checks')
    .values({ election_id: electionId, name, ...never, due_at: dueAt })
    .onConflict((conflict) =>
      conflict
        .columns(['election_id', 'name'])
        .doUpdateSet({ due_at: dueAt })
        .where('integrity_checks.due_at', '<=', now),
    )
    .returning('name')
    .execute();
  return claimed.length === 1;
}

/** The row of a check, held until the transaction ends; made when it is missing. */
export async function lockCheck(tx: Writer, { electionId, name }: CheckKey): Promise<IntegrityRow> {
  return tx
    .insertInto('integrity_checks')
    .values({ election_id: electionId, name, ...never })
    .onConflict((conflict) =>
      conflict.columns(['election_id', 'name']).doUpdateSet((row) => ({ name: row.ref('excluded.name') })),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function updateCheck(tx: Writer, row: IntegrityRow): Promise<void> {
  const { election_id, name, ...values } = row;
  await tx
    .updateTable('integrity_checks')
    .set(values)
    .where('election_id', '=', election_id)
    .where('name', '=', name)
    .execute();
}

export interface BoxCounts {
  readonly ballots: number;
  readonly signatures: number;
  readonly casts: number;
  /** As they were written down when the box was sealed; null before. */
  readonly sealedBallots: number | null;
  readonly sealedSignatures: number | null;
}

/** In one statement, so that all numbers are of one moment, whatever is cast meanwhile. */
export async function findBoxCounts(db: Reader, electionId: string): Promise<BoxCounts | undefined> {
  const row = await db
    .selectFrom('elections')
    .where('id', '=', electionId)
    .select((query) => [
      'ballot_count as sealedBallots',
      'signature_count as sealedSignatures',
      query
        .selectFrom('ballots')
        .select((count) => count.fn.countAll<number>().as('n'))
        .where('election_id', '=', electionId)
        .as('ballots'),
      query
        .selectFrom('signatures')
        .select((count) => count.fn.countAll<number>().as('n'))
        .where('election_id', '=', electionId)
        .as('signatures'),
      query
        .selectFrom('participation')
        .select((sum) => sum.fn.sum<number | null>('votes').as('n'))
        .where('election_id', '=', electionId)
        .as('casts'),
    ])
    .executeTakeFirst();
  return row && { ...row, ballots: row.ballots ?? 0, signatures: row.signatures ?? 0, casts: row.casts ?? 0 };
}

/** Armed and not archived: what the checks of a round are about. */
export async function listCheckedElections(db: Reader) {
  return db
    .selectFrom('elections')
    .select(['id', 'sealed_at', 'rewritten_at'])
    .where('armed_at', 'is not', null)
    .where('archived_at', 'is', null)
    .execute();
}
