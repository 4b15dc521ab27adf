// The roll: one voter or many at once; each gets a link, a key and a code with the first breath.

import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { insertBuilding, listBuildings } from '../storage/buildings.ts';
import { insertCodes } from '../storage/codes.ts';
import type { Database, Writer } from '../storage/database.ts';
import { insertLinks } from '../storage/links.ts';
import { recountRoll } from '../storage/roll-counts.ts';
import type { Instant } from '../storage/tables.ts';
import {
  countVoters,
  insertVoters,
  listEmailKeys,
  listVoters,
  type VoterOnRoll,
  type VoterRow,
} from '../storage/voters.ts';
import { emailKey } from './accounts.ts';
import { type Change, changeDraft } from './elections.ts';
import { type Issued, issueAccess } from './links.ts';
import { recordAudit } from './audit-log.ts';
import type { Technician } from './scopes.ts';
import { lineOf, nameOf } from './text.ts';
import type { Vault } from './vault.ts';

export { countVoters, listVoters, type VoterOnRoll };

export const voterSchema = z.strictObject({
  lastName: nameOf(120),
  firstName: nameOf(120),
  email: z.string().trim().pipe(z.email().max(254)),
  promotion: lineOf(60),
  building: lineOf(120),
});

export type VoterDraft = Readonly<z.infer<typeof voterSchema>>;

/** Names without accents and case, so that both databases sort and search alike. */
export const nameKey = (name: string): string => name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** A building that came with a list, until somebody chooses its icon and colour. */
const newBuilding = { icon: 'building', colour: '#52606d' } as const;

const sliceSize = 200;

function* slices<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let start = 0; start < items.length; start += sliceSize) yield items.slice(start, start + sliceSize);
}

interface Prepared {
  readonly draft: VoterDraft;
  readonly row: Omit<VoterRow, 'building_id'>;
  readonly issued: Issued;
}

async function prepared(vault: Vault, electionId: string, draft: VoterDraft, now: Instant): Promise<Prepared> {
  const id = randomUUID();
  return {
    draft,
    row: {
      id,
      election_id: electionId,
      last_name: draft.lastName,
      first_name: draft.firstName,
      email: draft.email,
      email_key: emailKey(draft.email),
      promotion: draft.promotion,
      sort_key: nameKey(`${draft.lastName}\u0001${draft.firstName}`),
      search_key: nameKey(`${draft.lastName} ${draft.firstName} ${draft.email}`),
      added_at: now,
    },
    issued: await issueAccess(vault, id, now),
  };
}

/** Building ids by name; a name that is new becomes a building. */
async function buildingIds(tx: Writer, drafts: readonly VoterDraft[]): Promise<Map<string, string>> {
  const idsByName = async () => new Map((await listBuildings(tx)).map(({ id, name_key }) => [name_key, id]));
  const known = await idsByName();
  const fresh = new Map<string, string>();
  for (const { building } of drafts) {
    const key = nameKey(building);
    if (building !== '' && !known.has(key) && !fresh.has(key)) fresh.set(key, building);
  }
  if (fresh.size === 0) return known;
  // In the order of their names, so that two lists that bring the same ones never wait for each other in a circle.
  for (const name_key of [...fresh.keys()].sort())
    await insertBuilding(tx, { id: randomUUID(), name: fresh.get(name_key)!, name_key, ...newBuilding });
  return idsByName(); // one that another list brought first has that list's id
}

export type Added = Change<{ readonly added: number; readonly known: number }>;

/** All of them or none; an address that is on the roll already is left as it is and counted as known. */
export async function addVoters(
  db: Database,
  vault: Vault,
  actor: Technician,
  electionId: string,
  drafts: readonly VoterDraft[],
): Promise<Added> {
  const keys = drafts.map((draft) => emailKey(draft.email));
  const known = new Set<string>();
  for (const slice of slices(keys)) for (const key of await listEmailKeys(db.reader, electionId, slice)) known.add(key);
  const fresh = drafts.filter((_draft, index) => !known.has(keys[index] ?? ''));
  const now = await db.now();
  const ready: Prepared[] = [];
  for (const draft of fresh) ready.push(await prepared(vault, electionId, draft, now));
  const outcome = await changeDraft(db, electionId, async (tx) => {
    const added = await insertPrepared(tx, ready);
    if (added === 0) return added;
    await recountRoll(tx, electionId);
    await recordAudit(db, tx, { actor, action: 'voters-added', electionId, details: { added } });
    return added;
  });
  return outcome.ok ? { ok: true, added: outcome.value, known: drafts.length - outcome.value } : outcome;
}

async function insertPrepared(tx: Writer, ready: readonly Prepared[]): Promise<number> {
  const buildings = await buildingIds(
    tx,
    ready.map(({ draft }) => draft),
  );
  let added = 0;
  for (const slice of slices(ready)) {
    const rows = slice.map(({ row, draft }) => ({
      ...row,
      building_id: buildings.get(nameKey(draft.building)) ?? null,
    }));
    const inserted = await insertVoters(tx, rows);
    const issued = slice.filter(({ row }) => inserted.has(row.id)).map((voter) => voter.issued);
    await insertLinks(
      tx,
      issued.map(({ link }) => link),
    );
    await insertCodes(
      tx,
      issued.map(({ code }) => code),
    );
    added += inserted.size;
  }
  return added;
}
