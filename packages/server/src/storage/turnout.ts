// Casts per building and per promotion: counts only. The sum of either kind is the number of casts.

import type { Reader, Writer } from './database.ts';
import type { TurnoutTable } from './tables.ts';

export type TurnoutRow = TurnoutTable;

/** In one statement; the rows must come sorted by kind and name, so that two commits never wait for each other in a circle. */
export async function addTurnout(tx: Writer, rows: readonly TurnoutRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insertInto('turnout')
    .values([...rows])
    .onConflict((conflict) =>
      conflict
        .columns(['election_id', 'kind', 'name'])
        .doUpdateSet((row) => ({ votes: row('turnout.votes', '+', row.ref('excluded.votes')) })),
    )
    .execute();
}

export async function listTurnout(db: Reader, electionId: string): Promise<TurnoutRow[]> {
  return db.selectFrom('turnout').selectAll().where('election_id', '=', electionId).execute();
}
