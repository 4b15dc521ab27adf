// What a plan says, done in one transaction, and undone again. Link, key and code of everybody new are made before it.

import { deleteUnusedBuildings } from '../storage/buildings.ts';
import type { Database, Writer } from '../storage/database.ts';
import { recountRoll } from '../storage/roll-counts.ts';
import {
  deleteImport,
  deleteImportParts,
  deleteImportsOf,
  findDoneImport,
  findImport,
  insertImport,
  insertImportChanges,
  listImportChanges,
  updateImport,
  type VoterImportChange,
} from '../storage/voter-imports.ts';
import { deleteVoters, listVotersById, listVotersByKey, updateVoters, type VoterRow } from '../storage/voters.ts';
import { emailKey } from './accounts.ts';
import { type Actor, recordAudit } from './audit-log.ts';
import { changeDraft } from './elections.ts';
import type { Issuer } from './links.ts';
import { breather, slices } from './turns.ts';
import type { VoterChange, VoterPlan } from './voter-plan.ts';
import {
  type Buildings,
  insertPrepared,
  type Prepared,
  prepareVoters,
  resolveBuildings,
  voterColumns,
} from './voters.ts';

const beatMs = 500;

export type Applied =
  | { readonly ok: true; readonly added: number; readonly changed: number }
  | { readonly ok: false; readonly reason: 'unknown-election' | 'election-armed' | 'test-voters' | 'roll-changed' };

class RollChanged extends Error {}

interface Target {
  readonly id: string;
  readonly electionId: string;
  readonly plan: VoterPlan;
  /** Makes the links and codes. */
  readonly issue: Issuer;
}

export async function applyPlan(db: Database, actor: Actor, target: Target): Promise<Applied> {
  const ready = await prepareAll(db, target);
  try {
    const outcome = await changeDraft<Applied>(db, target.electionId, async (tx, election) => {
      if (election.rehearsal_of !== null) return { ok: false, reason: 'test-voters' };
      await apply(db, tx, actor, target, ready);
      return { ok: true, added: target.plan.fresh.length, changed: target.plan.changed.length };
    });
    return outcome.ok ? outcome.value : outcome;
  } catch (error) {
    if (error instanceof RollChanged) return { ok: false, reason: 'roll-changed' };
    throw error;
  }
}

/** Links and codes take most of the time: the page is told how far it is. */
async function prepareAll(db: Database, { id, electionId, plan, issue }: Target): Promise<Prepared[]> {
  let told = performance.now();
  const tell = (done: number) => {
    if (performance.now() - told < beatMs) return undefined;
    told = performance.now();
    return db.write(async (tx) => updateImport(tx, id, { done, beat_at: await db.now(tx) }));
  };
  return prepareVoters(issue, electionId, { drafts: plan.fresh, now: await db.now() }, tell);
}

async function apply(
  db: Database,
  tx: Writer,
  actor: Actor,
  { id, electionId, plan }: Target,
  ready: readonly Prepared[],
): Promise<void> {
  await requireUnchanged(tx, electionId, plan);
  const drafts = [...plan.fresh, ...plan.changed.map(({ draft }) => draft)];
  const buildings = await resolveBuildings(tx, new Set(drafts.map(({ building }) => building)));
  if ((await insertPrepared(tx, ready, buildings)) !== ready.length) throw new RollChanged();
  const now = await db.now(tx);
  if (!(await findImport(tx, electionId, id))) {
    const row = { id, election_id: electionId, actor: 'command', created_at: now, beat_at: now };
    await insertImport(tx, { ...row, state: 'running', done: 0, total: ready.length, digest: '', summary: '' });
  }
  await deleteImportsOf(tx, electionId, id); // only the last one can be undone
  await noteAdded(tx, id, ready);
  await change(tx, id, plan.changed, buildings);
  await deleteImportParts(tx, id);
  const digest = JSON.stringify(buildings.fresh); // what an undoing takes away again
  await updateImport(tx, id, { state: 'done', done: ready.length, digest });
  await recountRoll(tx, electionId);
  const details = { added: ready.length, changed: plan.changed.length };
  await recordAudit(db, tx, { actor, action: 'voters-imported', electionId, details });
}

/** The roll is what the plan was made from: nobody new is on it, everybody who changes is as they were. */
async function requireUnchanged(tx: Writer, electionId: string, { fresh, changed }: VoterPlan): Promise<void> {
  const breathe = breather();
  for (const slice of slices(fresh.map(({ email }) => emailKey(email)))) {
    if ((await listVotersByKey(tx, electionId, slice)).length > 0) throw new RollChanged();
    await breathe();
  }
  for (const slice of slices(changed)) {
    const rows = await listVotersById(
      tx,
      slice.map(({ before }) => before.id),
    );
    const byId = new Map(rows.map((row) => [row.id, row]));
    const same = slice.every(({ before }) => textOf(before) === textOf(byId.get(before.id)));
    if (!same) throw new RollChanged();
    await breathe();
  }
}

/** What an import may change of a voter, and by what an undoing knows it again. */
const textOf = (row: VoterRow | undefined): string =>
  JSON.stringify([
    row?.last_name,
    row?.first_name,
    row?.promotion,
    row?.building_id ?? null,
    ...(row?.language ? [row.language] : []), // imports that were noted before voters had one knew four columns
  ]);

async function noteAdded(tx: Writer, import_id: string, ready: readonly Prepared[]): Promise<void> {
  for (const slice of slices(ready))
    await insertImportChanges(
      tx,
      slice.map(({ row }) => ({ import_id, voter_id: row.id, before: null, after: null })),
    );
}

async function change(
  tx: Writer,
  import_id: string,
  changed: readonly VoterChange[],
  { idOf }: Buildings,
): Promise<void> {
  const breathe = breather();
  for (const slice of slices(changed)) {
    const rows = slice.map(({ before, draft }) => ({
      ...before,
      ...voterColumns(draft),
      building_id: idOf(draft.building),
    }));
    await updateVoters(tx, rows);
    await insertImportChanges(
      tx,
      slice.map(({ before }, index) => ({
        import_id,
        voter_id: before.id,
        before: textOf(before),
        after: textOf(rows[index]),
      })),
    );
    await breathe();
  }
}

export type Undone =
  | { readonly ok: true; readonly removed: number; readonly restored: number; readonly kept: number }
  | { readonly ok: false; readonly reason: 'unknown-election' | 'election-armed' | 'nothing-to-undo' };

/** Those it added go, those it changed are as before; who was edited by hand since stays as edited. */
export async function undoImport(db: Database, actor: Actor, electionId: string, id: string): Promise<Undone> {
  const outcome = await changeDraft<Undone>(db, electionId, async (tx) => {
    const last = await findDoneImport(tx, electionId);
    if (last?.id !== id) return { ok: false, reason: 'nothing-to-undo' };
    const undone = { removed: 0, restored: 0, kept: 0 };
    const breathe = breather();
    for (let after = ''; ;) {
      const rows = await listImportChanges(tx, id, after, 200);
      if (rows.length === 0) break;
      after = rows.at(-1)!.voter_id;
      await undoSlice(tx, rows, undone);
      await breathe();
    }
    await deleteImport(tx, id);
    await deleteUnusedBuildings(tx, JSON.parse(last.digest) as string[]);
    await recountRoll(tx, electionId);
    await recordAudit(db, tx, { actor, action: 'import-undone', electionId, details: undone });
    return { ok: true, ...undone };
  });
  return outcome.ok ? outcome.value : outcome;
}

async function undoSlice(
  tx: Writer,
  rows: readonly VoterImportChange[],
  undone: { removed: number; restored: number; kept: number },
): Promise<void> {
  const added = rows.filter(({ before }) => before === null).map(({ voter_id }) => voter_id);
  await deleteVoters(tx, added);
  undone.removed += added.length;
  const changes = rows.filter(({ before }) => before !== null);
  const now = await listVotersById(
    tx,
    changes.map(({ voter_id }) => voter_id),
  );
  const byId = new Map(now.map((row) => [row.id, row]));
  const restored = changes.flatMap(({ voter_id, before, after }) => {
    const row = byId.get(voter_id);
    return row && textOf(row) === after ? [formerOf(row, before!)] : [];
  });
  await updateVoters(tx, restored);
  undone.restored += restored.length;
  undone.kept += changes.length - restored.length;
}

type FormerText = [string, string, string, string | null, string?];

function formerOf(row: VoterRow, before: string): VoterRow {
  const [lastName, firstName, promotion, building_id, language = ''] = JSON.parse(before) as FormerText;
  const { id, election_id, added_at, email } = row;
  const columns = voterColumns({ lastName, firstName, email, promotion, building: '' });
  return { id, election_id, added_at, language, ...columns, building_id };
}
