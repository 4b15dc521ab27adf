// Sites or departments that voters belong to.

import type { Reader, Writer } from './database.ts';
import type { BuildingsTable } from './tables.ts';

export async function listBuildings(db: Reader): Promise<BuildingsTable[]> {
  return db.selectFrom('buildings').selectAll().orderBy('name_key').execute();
}

export async function insertBuilding(tx: Writer, building: BuildingsTable): Promise<void> {
  await tx
    .insertInto('buildings')
    .values(building)
    .onConflict((conflict) => conflict.column('name_key').doNothing())
    .execute();
}

/** Those of the given ones that no voter belongs to. */
export async function deleteUnusedBuildings(tx: Writer, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const used = tx.selectFrom('voters').select('building_id').where('building_id', 'in', ids);
  await tx.deleteFrom('buildings').where('id', 'in', ids).where('id', 'not in', used).execute();
}
