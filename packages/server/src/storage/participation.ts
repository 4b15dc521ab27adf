// Casts per quarter of an hour: counts only.

import type { Reader, Writer } from './database.ts';
import type { Instant, ParticipationTable } from './tables.ts';

export async function addVotes(tx: Writer, electionId: string, quarter: Instant, votes: number): Promise<void> {
  await tx
    .insertInto('participation')
    .values({ election_id: electionId, quarter, votes })
    .onConflict((conflict) =>
      conflict
        .columns(['election_id', 'quarter'])
        .doUpdateSet((row) => ({ votes: row('participation.votes', '+', row.ref('excluded.votes')) })),
    )
    .execute();
}

export async function sumVotes(db: Reader, electionId: string): Promise<number> {
  const row = await db
    .selectFrom('participation')
    .select((sum) => sum.fn.sum<number | string | null>('votes').as('n'))
    .where('election_id', '=', electionId)
    .executeTakeFirstOrThrow();
  return Number(row.n ?? 0);
}

export async function listQuarters(db: Reader, electionId: string): Promise<ParticipationTable[]> {
  return db.selectFrom('participation').selectAll().where('election_id', '=', electionId).orderBy('quarter').execute();
}
