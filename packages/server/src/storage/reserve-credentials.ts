// Credentials without a voter, for those who come late or lose theirs. To whom one was given is kept sealed.

import type { Reader, Writer } from './database.ts';
import type { ReserveCredentialsTable } from './tables.ts';

export type ReserveRow = ReserveCredentialsTable;

export async function insertReserve(tx: Writer, rows: readonly ReserveRow[]): Promise<void> {
  if (rows.length > 0)
    await tx
      .insertInto('reserve_credentials')
      .values([...rows])
      .execute();
}

export async function listReserve(db: Reader, electionId: string): Promise<ReserveRow[]> {
  return db
    .selectFrom('reserve_credentials')
    .selectAll()
    .where('election_id', '=', electionId)
    .orderBy('number')
    .execute();
}

export async function markGiven(
  tx: Writer,
  { election_id, number, given, holder }: Pick<ReserveRow, 'election_id' | 'number' | 'given' | 'holder'>,
): Promise<void> {
  await tx
    .updateTable('reserve_credentials')
    .set({ given, holder })
    .where('election_id', '=', election_id)
    .where('number', '=', number)
    .execute();
}

/** Elections that are over and still know whom they gave one to. */
export async function listElectionsWithHolders(db: Reader, now: number): Promise<string[]> {
  const rows = await db
    .selectFrom('elections')
    .select('elections.id')
    .where((where) => where.or([where('closes_at', '<=', now), where('abandoned_at', 'is not', null)]))
    .where((where) =>
      where.exists(
        where
          .selectFrom('reserve_credentials')
          .select('number')
          .whereRef('reserve_credentials.election_id', '=', 'elections.id')
          .where('holder', 'is not', null),
      ),
    )
    .execute();
  return rows.map(({ id }) => id);
}

export async function forgetHolders(tx: Writer, electionId: string): Promise<void> {
  await tx
    .updateTable('reserve_credentials')
    .set({ holder: null })
    .where('election_id', '=', electionId)
    .where('holder', 'is not', null)
    .execute();
}

export async function deleteReserve(tx: Writer, electionId: string): Promise<void> {
  await tx.deleteFrom('reserve_credentials').where('election_id', '=', electionId).execute();
}
