// Buildings: added, edited, deleted. Names are unique whatever their case and accents, as on a roll. One that stands on the
// roll of an armed election stays, because its participation is told under its name.

import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import {
  type BuildingRow,
  type BuildingUse,
  deleteBuilding,
  findBuilding,
  insertBuilding,
  listBuildings,
  listBuildingUses,
  lockBuildings,
  moveVoters,
  updateBuilding,
} from '../storage/buildings.ts';
import type { Database, Writer } from '../storage/database.ts';
import { listElections, lockElection } from '../storage/elections.ts';
import { recountRoll } from '../storage/roll-counts.ts';
import { recordAudit } from './audit-log.ts';
import type { Technician } from './scopes.ts';
import { nameOf } from './text.ts';
import { nameKey } from './voters.ts';

export { type BuildingRow, type BuildingUse, findBuilding, listBuildings, listBuildingUses };

/** A name of Bootstrap Icons, also with the class names that pages of Bootstrap use: "bi bi-house". */
const iconName = z
  .string()
  .transform((text) =>
    text
      .trim()
      .toLowerCase()
      .replace(/^(bi\s+)?bi-/, ''),
  )
  .pipe(
    z
      .string()
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
      .max(60),
  );

/** #rrggbb or #rgb, with or without the number sign. */
const colour = z
  .string()
  .transform((text) => text.trim().toLowerCase().replace(/^#?/, '#'))
  .transform((text) => text.replace(/^#([0-9a-f])([0-9a-f])([0-9a-f])$/, '#$1$1$2$2$3$3'))
  .pipe(z.string().regex(/^#[0-9a-f]{6}$/));

export const buildingSchema = z.strictObject({ name: nameOf(120), icon: iconName, colour });

export type BuildingDraft = Readonly<z.infer<typeof buildingSchema>>;

const rowOf = (id: string, draft: BuildingDraft): BuildingRow => ({ id, ...draft, name_key: nameKey(draft.name) });

export type BuildingChange =
  { readonly ok: true } | { readonly ok: false; readonly reason: 'same-building' | 'unknown-building' };

export async function addBuilding(db: Database, actor: Technician, draft: BuildingDraft): Promise<BuildingChange> {
  const id = randomUUID();
  return db.write(async (tx) => {
    if (!(await insertBuilding(tx, rowOf(id, draft)))) return { ok: false, reason: 'same-building' };
    await recordAudit(db, tx, { actor, action: 'building-added', subject: id });
    return { ok: true };
  });
}

export async function editBuilding(
  db: Database,
  actor: Technician,
  id: string,
  draft: BuildingDraft,
): Promise<BuildingChange> {
  const row = rowOf(id, draft);
  return db.write(async (tx) => {
    await lockBuildings(db, tx);
    const all = await listBuildings(tx);
    if (!all.some((building) => building.id === id)) return { ok: false, reason: 'unknown-building' };
    if (all.some((building) => building.id !== id && building.name_key === row.name_key))
      return { ok: false, reason: 'same-building' };
    await updateBuilding(tx, row);
    await recordAudit(db, tx, { actor, action: 'building-edited', subject: id });
    return { ok: true };
  });
}

export type BuildingRemoval =
  { readonly ok: true } | { readonly ok: false; readonly reason: 'unknown-building' | 'building-in-use' };

/** Where the voters of elections that are not armed go: another building, or none ('') . Undefined: there must be none. */
export interface Removal {
  readonly id: string;
  readonly moveTo: string | undefined;
}

export async function removeBuilding(
  db: Database,
  actor: Technician,
  { id, moveTo }: Removal,
): Promise<BuildingRemoval> {
  return db.write(async (tx) => {
    await holdRolls(db, tx);
    await lockBuildings(db, tx);
    if (!(await findBuilding(tx, id))) return { ok: false, reason: 'unknown-building' };
    const uses = (await listBuildingUses(tx)).filter(({ building }) => building === id);
    if (uses.some(({ armed_at }) => armed_at !== null)) return { ok: false, reason: 'building-in-use' };
    if (uses.length > 0 && moveTo === undefined) return { ok: false, reason: 'building-in-use' };
    if (moveTo === id || (moveTo && !(await findBuilding(tx, moveTo))))
      return { ok: false, reason: 'unknown-building' };
    for (const { election_id } of uses) {
      await moveVoters(tx, election_id, { from: id, to: moveTo || null });
      await recountRoll(tx, election_id);
    }
    await deleteBuilding(tx, id);
    const moved = uses.reduce((sum, { voters }) => sum + voters, 0);
    await recordAudit(db, tx, { actor, action: 'building-removed', subject: id, details: { moved } });
    return { ok: true };
  });
}

/** A list that is on its way may name the building: nothing joins a roll until this ends. */
async function holdRolls(db: Database, tx: Writer): Promise<void> {
  const open = (await listElections(tx)).filter(({ sealed_at }) => sealed_at === null);
  for (const { id } of open.toSorted((a, b) => (a.id < b.id ? -1 : 1))) await lockElection(db, tx, id);
}
