// Sites or departments that voters belong to, the same for every election of the instance.

import { sql } from 'kysely';
import type { Database, Reader, Writer } from './database.ts';
import type { BuildingsTable } from './tables.ts';

export type BuildingRow = BuildingsTable;

export async function listBuildings(db: Reader): Promise<BuildingRow[]> {
  return db.selectFrom('buildings').selectAll().orderBy('name_key').execute();
}

/** Those of these names that are there. */
export async function listBuildingsByKey(db: Reader, nameKeys: readonly string[]): Promise<BuildingRow[]> {
  if (nameKeys.length === 0) return [];
  return db.selectFrom('buildings').selectAll().where('name_key', 'in', nameKeys).execute();
}

export async function findBuilding(db: Reader, id: string): Promise<BuildingRow | undefined> {
  return db.selectFrom('buildings').selectAll().where('id', '=', id).executeTakeFirst();
}

/** False when there is one of this name already. */
export async function insertBuilding(tx: Writer, building: BuildingRow): Promise<boolean> {
  const inserted = await tx
    .insertInto('buildings')
    .values(building)
    .onConflict((conflict) => conflict.column('name_key').doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted !== undefined;
}

/** Until the transaction ends no other one brings, renames or deletes a building. */
export async function lockBuildings(db: Database, tx: Writer): Promise<void> {
  if (db.kind === 'postgres') await sql`LOCK TABLE buildings IN SHARE ROW EXCLUSIVE MODE`.execute(tx);
}

export async function updateBuilding(tx: Writer, { id, ...values }: BuildingRow): Promise<void> {
  await tx.updateTable('buildings').set(values).where('id', '=', id).execute();
}

export async function deleteBuilding(tx: Writer, id: string): Promise<void> {
  await tx.deleteFrom('buildings').where('id', '=', id).execute();
}

export interface BuildingUse {
  readonly building: string;
  readonly election_id: string;
  readonly election: string;
  readonly armed_at: number | null;
  readonly voters: number;
}

/** In which elections voters belong to a building, and how many. */
export async function listBuildingUses(db: Reader): Promise<BuildingUse[]> {
  return db
    .selectFrom('roll_counts')
    .innerJoin('elections', 'elections.id', 'roll_counts.election_id')
    .select(['roll_counts.name as building', 'election_id', 'elections.name as election', 'armed_at', 'voters'])
    .where('kind', '=', 'building')
    .where('roll_counts.name', '<>', '')
    .where('voters', '>', 0)
    .orderBy('elections.opens_at', 'desc')
    .execute();
}

export async function moveVoters(
  tx: Writer,
  electionId: string,
  { from, to }: { readonly from: string; readonly to: string | null },
): Promise<void> {
  await tx
    .updateTable('voters')
    .set({ building_id: to })
    .where('election_id', '=', electionId)
    .where('building_id', '=', from)
    .execute();
}

/** Those of the given ones that no voter belongs to. */
export async function deleteUnusedBuildings(tx: Writer, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const used = tx.selectFrom('voters').select('building_id').where('building_id', 'in', ids);
  await tx.deleteFrom('buildings').where('id', 'in', ids).where('id', 'not in', used).execute();
}
