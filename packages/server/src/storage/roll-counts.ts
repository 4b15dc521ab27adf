// How many stand on the roll of an election, in all and per group. Kept, not counted: public pages ask again and again.

import { sql } from 'kysely';
import type { Reader, Writer } from './database.ts';
import type { RollCountsTable } from './tables.ts';

export type RollCountRow = RollCountsTable;

/**
 * To be called at the end of every transaction that adds, moves or removes voters, with the election held (lockElection):
 * counts its roll anew, by one walk through an index.
 */
export async function recountRoll(tx: Writer, electionId: string): Promise<void> {
  await tx.deleteFrom('roll_counts').where('election_id', '=', electionId).execute();
  await sql`
    WITH groups AS (
      SELECT coalesce(building_id, '') AS building, promotion, count(*) AS voters
      FROM voters WHERE election_id = ${electionId} GROUP BY building_id, promotion)
    INSERT INTO roll_counts (election_id, kind, name, voters)
    SELECT ${electionId}, 'all', '', coalesce(sum(voters), 0) FROM groups
    UNION ALL SELECT ${electionId}, 'building', building, sum(voters) FROM groups GROUP BY building
    UNION ALL SELECT ${electionId}, 'promotion', promotion, sum(voters) FROM groups GROUP BY promotion`.execute(tx);
}

export async function listRollCounts(db: Reader, electionId: string): Promise<RollCountRow[]> {
  return db.selectFrom('roll_counts').selectAll().where('election_id', '=', electionId).execute();
}

export async function findRollCount(
  db: Reader,
  electionId: string,
  { kind, name }: Pick<RollCountRow, 'kind' | 'name'>,
): Promise<number> {
  const row = await db
    .selectFrom('roll_counts')
    .select('voters')
    .where('election_id', '=', electionId)
    .where('kind', '=', kind)
    .where('name', '=', name)
    .executeTakeFirst();
  return row?.voters ?? 0;
}

/** The promotions that stand on the roll, with an empty one where voters have none. */
export async function listPromotions(db: Reader, electionId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('roll_counts')
    .select('name')
    .where('election_id', '=', electionId)
    .where('kind', '=', 'promotion')
    .orderBy('name')
    .execute();
  return rows.map((row) => row.name);
}
