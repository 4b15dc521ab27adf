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

export async function listQuarters(db: Reader, electionId: string): Promise<ParticipationTable[]> {
  return db.selectFrom('participation').selectAll().where('election_id', '=', electionId).orderBy('quarter').execute();
}
