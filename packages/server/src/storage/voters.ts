// The roll of an election, row by row. Sorting uses the stored, normalised key, so that both databases give the same order.

import type { Insertable } from 'kysely';
import { insertRows } from './insert-rows.ts';
import type { Reader, Writer } from './database.ts';
import type { VotersTable } from './tables.ts';

export type VoterRow = VotersTable;

export interface VoterOnRoll extends VoterRow {
  building: string | null;
  signed_on: string | null;
  locked_until: number | null;
}

export async function countVoters(db: Reader, electionId: string): Promise<number> {
  const row = await db
    .selectFrom('voters')
    .select((count) => count.fn.countAll<number>().as('n'))
    .where('election_id', '=', electionId)
    .executeTakeFirstOrThrow();
  return row.n;
}

const withAll = (db: Reader) =>
  db
    .selectFrom('voters')
    .leftJoin('buildings', 'buildings.id', 'voters.building_id')
    .leftJoin('signatures', (on) =>
      on.onRef('signatures.election_id', '=', 'voters.election_id').onRef('signatures.voter_id', '=', 'voters.id'),
    )
    .leftJoin('code_failures', 'code_failures.voter_id', 'voters.id')
    .selectAll('voters')
    .select(['buildings.name as building', 'signatures.signed_on', 'code_failures.locked_until']);

/** These voters with everything the roll shows of them, in the order of the ids. */
export async function listVotersById(db: Reader, ids: readonly string[]): Promise<VoterOnRoll[]> {
  if (ids.length === 0) return [];
  const rows = await withAll(db).where('voters.id', 'in', ids).execute();
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

export async function listVoters(
  db: Reader,
  electionId: string,
  page: { readonly limit: number; readonly offset: number },
): Promise<VoterOnRoll[]> {
  return withAll(db)
    .where('voters.election_id', '=', electionId)
    .orderBy('voters.sort_key')
    .orderBy('voters.id')
    .limit(page.limit)
    .offset(page.offset)
    .execute();
}

/** Undefined too for a voter of another election. */
export async function findVoter(db: Reader, electionId: string, id: string): Promise<VoterRow | undefined> {
  return db
    .selectFrom('voters')
    .selectAll()
    .where('id', '=', id)
    .where('election_id', '=', electionId)
    .executeTakeFirst();
}

/** The same with everything the roll shows of them. */
export async function findVoterOnRoll(db: Reader, electionId: string, id: string): Promise<VoterOnRoll | undefined> {
  return withAll(db).where('voters.id', '=', id).where('voters.election_id', '=', electionId).executeTakeFirst();
}

/** Those of the given addresses that are on the roll. */
export async function listVotersByKey(
  db: Reader,
  electionId: string,
  emailKeys: readonly string[],
): Promise<VoterRow[]> {
  if (emailKeys.length === 0) return [];
  return db
    .selectFrom('voters')
    .selectAll()
    .where('election_id', '=', electionId)
    .where('email_key', 'in', emailKeys)
    .execute();
}

/** How many were new: an address that is on the roll already is left as it is. */
export async function insertVoters(tx: Writer, voters: readonly VoterRow[]): Promise<number> {
  return insertRows(tx, 'voters', voters, (query) =>
    query.onConflict((conflict) => conflict.columns(['election_id', 'email_key']).doNothing()),
  );
}

/** Many at once; every one of them must be there. */
export async function updateVoters(tx: Writer, voters: readonly Insertable<VotersTable>[]): Promise<void> {
  if (voters.length === 0) return;
  await tx
    .insertInto('voters')
    .values([...voters])
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet((row) => ({
        last_name: row.ref('excluded.last_name'),
        first_name: row.ref('excluded.first_name'),
        email: row.ref('excluded.email'),
        email_key: row.ref('excluded.email_key'),
        promotion: row.ref('excluded.promotion'),
        building_id: row.ref('excluded.building_id'),
        sort_key: row.ref('excluded.sort_key'),
        search_key: row.ref('excluded.search_key'),
        language: row.ref('excluded.language'),
      })),
    )
    .execute();
}

/** Links and codes go with them. */
export async function deleteVoters(tx: Writer, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.deleteFrom('code_failures').where('voter_id', 'in', ids).execute();
  await tx.deleteFrom('voters').where('id', 'in', ids).execute();
}
/** Of the whole roll, sorted. */
export async function listVoterIds(db: Reader, electionId: string): Promise<string[]> {
  const rows = await db.selectFrom('voters').select('id').where('election_id', '=', electionId).orderBy('id').execute();
  return rows.map(({ id }) => id);
}

/** In the order of the ids, from after this one. */
export async function listVoterSlice(
  db: Reader,
  electionId: string,
  after: string,
  limit: number,
): Promise<VoterRow[]> {
  return db
    .selectFrom('voters')
    .selectAll()
    .where('election_id', '=', electionId)
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute();
}
