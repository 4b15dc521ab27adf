// What a spreadsheet does to the roll, in one transaction and slice by slice, so that memory never holds the whole; and undone again.

import { deleteUnusedBuildings } from '../storage/buildings.ts';
import type { Database, Writer } from '../storage/database.ts';
import { recountRoll } from '../storage/roll-counts.ts';
import type { Instant } from '../storage/tables.ts';
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
import { deleteVoters, listVotersById, listVoterSlice, updateVoters, type VoterRow } from '../storage/voters.ts';
import { type Actor, recordAudit } from './audit-log.ts';
import { changeDraft } from './elections.ts';
import { breather, sliceSize } from './turns.ts';
import { ascendingUuids } from './uuids.ts';
import { type CsvSource, readVoterCsv } from './voter-csv.ts';
import { planImport, type PlanSlice, PlanTally, type VoterChange } from './voter-plan.ts';
import type { VoterRules } from './voter-rules.ts';
import { Buildings, insertNewVoters, voterColumns, type VoterDraft } from './voters.ts';

export type Applied =
  | { readonly ok: true; readonly added: number; readonly changed: number }
  | { readonly ok: false; readonly reason: 'unknown-election' | 'election-armed' | 'test-voters' | 'roll-changed' };

class RollChanged extends Error {}

export interface Confirmed {
  readonly id: string;
  readonly electionId: string;
  readonly rules: VoterRules;
  /** What was looked at and confirmed: how many lines add or change somebody, and everything they would do. */
  readonly lines: number;
  readonly digest: string;
  /** How many of these lines are done so far; nobody else sees them yet. */
  readonly tell?: ((done: number) => void) | undefined;
}

/** The file is read and planned anew while it is written: exactly what was confirmed happens, or nothing. */
export async function applyImport(
  db: Database,
  actor: Actor,
  confirmed: Confirmed,
  source: (tx: Writer) => CsvSource,
): Promise<Applied> {
  try {
    const outcome = await changeDraft<Applied>(db, confirmed.electionId, async (tx, election) => {
      if (election.rehearsal_of !== null) return { ok: false, reason: 'test-voters' };
      return new Applying(db, tx, confirmed).apply(actor, source(tx));
    });
    return outcome.ok ? outcome.value : outcome;
  } catch (error) {
    if (error instanceof RollChanged) return { ok: false, reason: 'roll-changed' };
    throw error;
  }
}

const byCommand = 'command';

/** One import inside its transaction. */
class Applying {
  readonly #db: Database;
  readonly #tx: Writer;
  readonly #confirmed: Confirmed;
  readonly #ids: Iterator<string>;
  readonly #tally = new PlanTally();
  readonly #buildings = new Buildings();

  constructor(db: Database, tx: Writer, confirmed: Confirmed) {
    [this.#db, this.#tx, this.#confirmed] = [db, tx, confirmed];
    this.#ids = ascendingUuids(confirmed.lines);
  }

  async apply(actor: Actor, source: CsvSource): Promise<Applied> {
    const [tx, tally] = [this.#tx, this.#tally];
    const { id, electionId, rules, digest, tell } = this.#confirmed;
    const now = await this.#db.now(tx);
    await this.#begin(now);
    for await (const slice of planImport(tx, electionId, readVoterCsv(source), rules)) {
      await this.#write(slice, now);
      tell?.(tally.added + tally.changed);
    }
    if (tally.digest() !== digest) throw new RollChanged();
    await deleteImportsOf(tx, electionId, id); // only the last one can be undone
    await deleteImportParts(tx, id);
    const undoing = JSON.stringify(this.#buildings.fresh); // what an undoing takes away again
    await updateImport(tx, id, { state: 'done', done: tally.added + tally.changed, digest: undoing });
    await recountRoll(tx, electionId);
    const details = { added: tally.added, changed: tally.changed };
    await recordAudit(this.#db, tx, { actor, action: 'voters-imported', electionId, details });
    return { ok: true, ...details };
  }

  /** A list that a command brings has no row yet. */
  async #begin(now: Instant): Promise<void> {
    const { id, electionId, lines } = this.#confirmed;
    if (await findImport(this.#tx, electionId, id)) return;
    const row = { id, election_id: electionId, actor: byCommand, created_at: now, beat_at: now };
    await insertImport(this.#tx, { ...row, state: 'running', done: 0, total: lines, digest: '', summary: '' });
  }

  async #write(slice: PlanSlice, now: Instant): Promise<void> {
    this.#tally.add(slice);
    if (slice.problems.length > 0) throw new RollChanged();
    const drafts = [...slice.fresh, ...slice.changed.map(({ draft }) => draft)];
    const names = drafts.map(({ building }) => building);
    await this.#buildings.resolve(this.#db, this.#tx, names);
    await this.#insert(slice.fresh, now);
    await change(this.#tx, this.#confirmed.id, slice.changed, this.#buildings);
  }

  async #insert(drafts: readonly VoterDraft[], added_at: Instant): Promise<void> {
    const own = { election_id: this.#confirmed.electionId, import_id: this.#confirmed.id, added_at };
    const voters = drafts.map((draft) => ({ id: this.#nextId(), draft }));
    if ((await insertNewVoters(this.#tx, voters, own, this.#buildings)) !== voters.length) throw new RollChanged();
  }

  /** There are as many as lines were confirmed. */
  #nextId(): string {
    const { value, done } = this.#ids.next();
    if (done === true) throw new RollChanged();
    return value;
  }
}

async function change(
  tx: Writer,
  import_id: string,
  changed: readonly VoterChange[],
  { idOf }: Buildings,
): Promise<void> {
  const rows = changed.map(({ before, draft }) => ({
    ...before,
    ...voterColumns(draft),
    building_id: idOf(draft.building),
  }));
  await updateVoters(tx, rows);
  await insertImportChanges(
    tx,
    changed.map(({ before }, index) => ({
      import_id,
      voter_id: before.id,
      before: textOf(before),
      after: textOf(rows[index]),
    })),
  );
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

export type Undone =
  | { readonly ok: true; readonly removed: number; readonly restored: number; readonly kept: number }
  | { readonly ok: false; readonly reason: 'unknown-election' | 'election-armed' | 'nothing-to-undo' };

/** Those it added go, those it changed are as before; who was edited by hand since stays as edited. */
export async function undoImport(db: Database, actor: Actor, electionId: string, id: string): Promise<Undone> {
  const outcome = await changeDraft<Undone>(db, electionId, async (tx) => {
    const last = await findDoneImport(tx, electionId);
    if (last?.id !== id) return { ok: false, reason: 'nothing-to-undo' };
    const undone = { removed: await removeAdded(tx, electionId, id), ...(await restoreChanged(tx, id)) };
    await deleteImport(tx, id);
    await deleteUnusedBuildings(tx, JSON.parse(last.digest) as string[]);
    await recountRoll(tx, electionId);
    await recordAudit(db, tx, { actor, action: 'import-undone', electionId, details: undone });
    return { ok: true, ...undone };
  });
  return outcome.ok ? outcome.value : outcome;
}

async function removeAdded(tx: Writer, electionId: string, id: string): Promise<number> {
  const breathe = breather();
  let [after, removed] = ['', 0];
  for (;;) {
    const voters = await listVoterSlice(tx, electionId, after, sliceSize);
    if (voters.length === 0) return removed;
    after = voters.at(-1)!.id;
    const added = voters.filter(({ import_id }) => import_id === id);
    await deleteVoters(
      tx,
      added.map((voter) => voter.id),
    );
    removed += added.length;
    await breathe();
  }
}

async function restoreChanged(tx: Writer, id: string): Promise<{ restored: number; kept: number }> {
  const breathe = breather();
  const outcome = { restored: 0, kept: 0 };
  for (let after = ''; ;) {
    const changes = await listImportChanges(tx, id, after, sliceSize);
    if (changes.length === 0) return outcome;
    after = changes.at(-1)!.voter_id;
    const restored = await restoreSlice(tx, changes);
    outcome.restored += restored;
    outcome.kept += changes.length - restored;
    await breathe();
  }
}

async function restoreSlice(tx: Writer, changes: readonly VoterImportChange[]): Promise<number> {
  const ids = changes.map(({ voter_id }) => voter_id);
  const byId = new Map((await listVotersById(tx, ids)).map((row) => [row.id, row]));
  const restored = changes.flatMap(({ voter_id, before, after }) => {
    const row = byId.get(voter_id);
    return row && textOf(row) === after ? [formerOf(row, before)] : [];
  });
  await updateVoters(tx, restored);
  return restored.length;
}

type FormerText = [string, string, string, string | null, string?];

function formerOf(row: VoterRow, before: string): VoterRow {
  const [lastName, firstName, promotion, building_id, language = ''] = JSON.parse(before) as FormerText;
  const { id, election_id, added_at, email, import_id } = row;
  const columns = voterColumns({ lastName, firstName, email, promotion, building: '' });
  return { id, election_id, added_at, language, ...columns, building_id, import_id };
}
