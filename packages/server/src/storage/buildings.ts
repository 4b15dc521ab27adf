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
