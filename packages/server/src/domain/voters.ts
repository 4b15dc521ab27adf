// The roll: one voter or many at once.

import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { insertBuilding, listBuildingsByKey, lockBuildings } from '../storage/buildings.ts';
import type { Database, Writer } from '../storage/database.ts';
import { recountRoll } from '../storage/roll-counts.ts';
import {
  countVoters,
  findVoter,
  findVoterOnRoll,
  insertVoters,
  listVoters,
  listVotersByKey,
  type VoterOnRoll,
  type VoterRow,
} from '../storage/voters.ts';
import { emailKey } from './accounts.ts';
import { type Actor, recordAudit } from './audit-log.ts';
import { type Change, changeDraft } from './elections.ts';
import { emailSchema } from './email.ts';
import { languageSchema } from './languages.ts';
import { lineOf, nameKey, nameOf } from './text.ts';
import { breather, slices } from './turns.ts';
import { ascendingUuids } from './uuids.ts';

export { countVoters, findVoter, findVoterOnRoll, listVoters, nameKey, type VoterOnRoll, type VoterRow };

export const voterSchema = z.strictObject({
  lastName: nameOf(120),
  firstName: nameOf(120),
  email: emailSchema,
  promotion: lineOf(60),
  building: lineOf(120),
  /** Left out where nothing is said of it: a voter who is known keeps theirs. */
  language: languageSchema.optional(),
});

export type VoterDraft = Readonly<z.infer<typeof voterSchema>>;

/** A building that came with a list, until somebody chooses its icon and colour. */
const newBuilding = { icon: 'building', colour: '#52606d' } as const;

export interface NewVoter {
  readonly id: string;
  readonly draft: VoterDraft;
}

/** What the form holds, as columns; the building's id is found by its name. */
export const voterColumns = (draft: VoterDraft) => ({
  last_name: draft.lastName,
  first_name: draft.firstName,
  email: draft.email,
  email_key: emailKey(draft.email),
  promotion: draft.promotion,
  sort_key: nameKey(`${draft.lastName}\u0001${draft.firstName}`),
  search_key: nameKey(`${draft.lastName} ${draft.firstName} ${draft.email}`),
  ...(draft.language !== undefined && { language: draft.language }),
});

/** In their order. */
export function newVoters(drafts: readonly VoterDraft[]): NewVoter[] {
  const ids = [...ascendingUuids(drafts.length)];
  return drafts.map((draft, index) => ({ id: ids[index]!, draft }));
}

/** Ids of buildings by name. Each name is looked for once, however long the list is and in however many slices it comes. */
export class Buildings {
  readonly #ids = new Map<string, string>();
  /** Those that were not there before. */
  readonly fresh: string[] = [];

  readonly idOf = (name: string): string | null => this.#ids.get(nameKey(name)) ?? null;

  /** A name that is new becomes a building. */
  async resolve(db: Database, tx: Writer, names: Iterable<string>): Promise<void> {
    const wanted = new Map<string, string>();
    for (const name of names) {
      const key = nameKey(name);
      if (name !== '' && !this.#ids.has(key) && !wanted.has(key)) wanted.set(key, name);
    }
    await this.#look(tx, [...wanted.keys()]);
    const missing = [...wanted].filter(([key]) => !this.#ids.has(key));
    if (missing.length === 0) return;
    await lockBuildings(db, tx);
    for (const [name_key, name] of missing)
      await insertBuilding(tx, { id: randomUUID(), name, name_key, ...newBuilding });
    const keys = missing.map(([key]) => key);
    await this.#look(tx, keys); // one that another list brought first has that list's id
    this.fresh.push(...keys.map((key) => this.#ids.get(key)!));
  }

  async #look(tx: Writer, keys: readonly string[]): Promise<void> {
    for (const slice of slices(keys))
      for (const { id, name_key } of await listBuildingsByKey(tx, slice)) this.#ids.set(name_key, id);
  }
}

export async function resolveBuildings(db: Database, tx: Writer, names: Iterable<string>): Promise<Buildings> {
  const buildings = new Buildings();
  await buildings.resolve(db, tx, names);
  return buildings;
}

/** How many were new; an address that is on the roll already is left as it is. */
export async function insertNewVoters(
  tx: Writer,
  voters: readonly NewVoter[],
  own: Pick<VoterRow, 'election_id' | 'import_id' | 'added_at'>,
  { idOf }: Buildings,
): Promise<number> {
  const breathe = breather();
  let added = 0;
  for (const slice of slices(voters)) {
    added += await insertVoters(
      tx,
      slice.map(({ id, draft }) => ({
        id,
        ...own,
        language: '',
        ...voterColumns(draft),
        building_id: idOf(draft.building),
      })),
    );
    await breathe();
  }
  return added;
}

export type Added = Change<{ readonly added: number; readonly known: number }>;

/**
 * All of them or none, before arming; an address that is on the roll already is left as it is and counted as known.
 * The rules of the settings are the caller's: what people type or upload goes through `addVoter` and `importVoters`.
 */
export async function addVoters(
  db: Database,
  actor: Actor,
  electionId: string,
  drafts: readonly VoterDraft[],
): Promise<Added> {
  const known = await knownKeys(db, electionId, drafts);
  const voters = newVoters(drafts.filter(({ email }) => !known.has(emailKey(email))));
  const outcome = await changeDraft(db, electionId, async (tx) => {
    const buildings = await resolveBuildings(
      db,
      tx,
      voters.map(({ draft }) => draft.building),
    );
    const own = { election_id: electionId, import_id: null, added_at: await db.now(tx) };
    const added = await insertNewVoters(tx, voters, own, buildings);
    if (added === 0) return added;
    await recountRoll(tx, electionId);
    await recordAudit(db, tx, { actor, action: 'voters-added', electionId, details: { added } });
    return added;
  });
  return outcome.ok ? { ok: true, added: outcome.value, known: drafts.length - outcome.value } : outcome;
}

async function knownKeys(db: Database, electionId: string, drafts: readonly VoterDraft[]): Promise<Set<string>> {
  const known = new Set<string>();
  for (const slice of slices(drafts.map(({ email }) => emailKey(email))))
    for (const { email_key } of await listVotersByKey(db.reader, electionId, slice)) known.add(email_key);
  return known;
}
