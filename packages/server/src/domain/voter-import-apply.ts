// What a plan says, done in one transaction, and undone again. Link, key and code of everybody new are made before it and wait
// beside the file, so that neither the transaction nor memory holds them all (docs/decisions/091-imports-in-parts.md).

import { deleteUnusedBuildings } from '../storage/buildings.ts';
import type { Database, Writer } from '../storage/database.ts';
import { recountRoll } from '../storage/roll-counts.ts';
import {
  deleteImport,
  deleteImportParts,
  deleteImportsOf,
  deleteIssuedParts,
  findDoneImport,
  findImport,
  insertImport,
  insertImportChanges,
  insertIssuedPart,
  listImportChanges,
  takeIssuedPart,
  updateImport,
  type VoterImportChange,
} from '../storage/voter-imports.ts';
import { deleteVoters, listVotersById, updateVoters, type VoterRow } from '../storage/voters.ts';
import { type Actor, recordAudit } from './audit-log.ts';
import { changeDraft } from './elections.ts';
import type { Issued, Issuer } from './links.ts';
import { breather, slices } from './turns.ts';
import type { VoterChange, VoterPlan } from './voter-plan.ts';
import {
  type Buildings,
  insertPrepared,
  newVoterIds,
  type Prepared,
  preparedAs,
  resolveBuildings,
  voterColumns,
} from './voters.ts';

const partSize = 1000;

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
  try {
    const applied = await stageAndApply(db, actor, target);
    if (!applied.ok) await unstage(db, target);
    return applied;
  } catch (error) {
    await unstage(db, target).catch(() => undefined); // a database that is away: the next beginning clears it
    throw error;
  }
}

async function stageAndApply(db: Database, actor: Actor, target: Target): Promise<Applied> {
  const begun = await beginStaging(db, target);
  if (!begun.ok) return begun;
  await stageAll(db, target);
  try {
    const outcome = await changeDraft<Applied>(db, target.electionId, async (tx, election) => {
      if (election.rehearsal_of !== null) return { ok: false, reason: 'test-voters' };
      await apply(db, tx, actor, target);
      return { ok: true, added: target.plan.fresh.length, changed: target.plan.changed.length };
    });
    return outcome.ok ? outcome.value : outcome;
  } catch (error) {
    if (error instanceof RollChanged) return { ok: false, reason: 'roll-changed' };
    throw error;
  }
}

const byCommand = 'command';

/** Parts of a beginning that was interrupted go; a list that a command brings has no row yet. */
const beginStaging = (db: Database, { id, electionId, plan }: Target) =>
  changeDraft(db, electionId, async (tx) => {
    await deleteIssuedParts(tx, id);
    if (await findImport(tx, electionId, id)) return;
    const now = await db.now(tx);
    const row = { id, election_id: electionId, actor: byCommand, created_at: now, beat_at: now };
    await insertImport(tx, { ...row, state: 'running', done: 0, total: plan.fresh.length, digest: '', summary: '' });
  });

/** What was not imported leaves nothing: no part, and no row that only this made. */
const unstage = (db: Database, { id, electionId }: Target) =>
  db.write(async (tx) => {
    await deleteIssuedParts(tx, id);
    if ((await findImport(tx, electionId, id))?.actor === byCommand) await deleteImport(tx, id);
  });

/** Links and codes take most of the time: the page is told how far it is. */
async function stageAll(db: Database, { id, electionId, plan, issue }: Target): Promise<void> {
  let [part, done] = [0, 0];
  let gathered: Issued[] = [];
  const stage = async (): Promise<boolean> => {
    done += gathered.length;
    const text = JSON.stringify(gathered);
    gathered = [];
    return db.write(async (tx) => {
      if (!(await findImport(tx, electionId, id))) return false; // armed meanwhile: the transaction to come says so
      await insertIssuedPart(tx, id, part++, text);
      await updateImport(tx, id, { done, beat_at: await db.now(tx) });
      return true;
    });
  };
  for await (const some of issue(newVoterIds(plan.fresh.length), await db.now())) {
    gathered.push(...some);
    if (gathered.length >= partSize && !(await stage())) return;
  }
  if (gathered.length > 0) await stage();
}

/** Part after part, so that memory holds one of them. */
async function insertStaged(tx: Writer, { id, electionId, plan }: Target, buildings: Buildings): Promise<void> {
  let done = 0;
  for (let part = 0; done < plan.fresh.length; part++) {
    const text = await takeIssuedPart(tx, id, part);
    if (text === undefined) throw new RollChanged(); // another process began it anew
    const issued = JSON.parse(text) as Issued[];
    const ready = issued.map((one, index) => preparedAs(plan.fresh[done + index]!, electionId, one));
    if ((await insertPrepared(tx, ready, buildings)) !== ready.length) throw new RollChanged();
    await noteAdded(tx, id, ready);
    done += ready.length;
  }
}

async function apply(db: Database, tx: Writer, actor: Actor, target: Target): Promise<void> {
  const { id, electionId, plan } = target;
  await requireUnchanged(tx, plan);
  const drafts = [...plan.fresh, ...plan.changed.map(({ draft }) => draft)];
  const buildings = await resolveBuildings(tx, new Set(drafts.map(({ building }) => building)));
  await insertStaged(tx, target, buildings);
  await deleteImportsOf(tx, electionId, id); // only the last one can be undone
  await change(tx, id, plan.changed, buildings);
  await deleteImportParts(tx, id);
  const digest = JSON.stringify(buildings.fresh); // what an undoing takes away again
  await updateImport(tx, id, { state: 'done', done: plan.fresh.length, digest });
  await recountRoll(tx, electionId);
  const details = { added: plan.fresh.length, changed: plan.changed.length };
  await recordAudit(db, tx, { actor, action: 'voters-imported', electionId, details });
}

/** Everybody who changes is as they were. That nobody new is on the roll already, the inserting tells. */
async function requireUnchanged(tx: Writer, { changed }: VoterPlan): Promise<void> {
  const breathe = breather();
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
