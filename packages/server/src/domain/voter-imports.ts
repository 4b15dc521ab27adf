// The import of a spreadsheet in two steps. The dry run keeps the file for an hour, for the account that sent it (kept-files.ts),
// and says what it would do; the confirmation does exactly that, in one transaction, or nothing. The last import can be
// undone until the election is armed (docs/decisions/037-imports-in-two-steps.md).

import { listBuildings } from '../storage/buildings.ts';
import type { Database, Reader } from '../storage/database.ts';
import {
  deleteImport,
  findDoneImport,
  findImport,
  readImportAgain,
  takeImport,
  updateImport,
  type VoterImportRow,
} from '../storage/voter-imports.ts';
import type { Charset } from './csv-text.ts';
import { fileOf, type Kept, keptMs, openKept } from './kept-files.ts';
import type { Technician } from './scopes.ts';
import type { Vault } from './vault.ts';
import { type CsvProblem, readVoterCsv, type VoterColumns } from './voter-csv.ts';
import { type Applied, applyImport } from './voter-import-apply.ts';
import { NewBuildings, planImport, PlanTally, type VoterChange } from './voter-plan.ts';
import type { VoterRules } from './voter-rules.ts';

const minutes = 60_000;
/** A process that gave no sign of life for so long is gone. */
const silentMs = 1 * minutes;
const mostShown = 200;
const mostNamed = 10;

export interface ChangeShown {
  readonly line: number;
  readonly name: string;
  readonly fields: readonly { readonly field: string; readonly before: string; readonly after: string }[];
}

/** What the page of a dry run tells. */
export interface ImportSummary extends VoterColumns, Kept {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly problemCount: number;
  readonly problems: readonly CsvProblem[];
  readonly changes: readonly ChangeShown[];
  readonly fresh: readonly string[];
  readonly buildings: readonly string[];
}

export interface ImportJob {
  readonly id: string;
  readonly electionId: string;
  readonly rules: VoterRules;
}

const planOf = (db: Reader, vault: Vault, { id, electionId, rules }: ImportJob, charset: Charset) =>
  planImport(db, electionId, readVoterCsv(fileOf(db, vault, { id, charset })), rules);

/** The dry run itself. A failure leaves nothing to confirm. */
export async function readDryRun(db: Database, vault: Vault, job: ImportJob): Promise<void> {
  const { id, electionId } = job;
  try {
    const row = await findImport(db.reader, electionId, id);
    if (!row) return;
    const { charset, source } = await openKept(vault, row);
    const { digest, ...found } = await summarise(db.reader, vault, job, charset);
    const told = { charset, source, ...found } satisfies ImportSummary;
    const summary = await vault.seal('import', id, JSON.stringify(told));
    const state = found.problemCount === 0 ? 'ready' : 'refused';
    await db.write((tx) => updateImport(tx, id, { state, summary, digest, total: found.added + found.changed }));
  } catch (error) {
    await db.write((tx) => deleteImport(tx, id));
    throw error;
  }
}

type Found = Omit<ImportSummary, keyof Kept> & { readonly digest: string };

async function summarise(db: Reader, vault: Vault, job: ImportJob, charset: Charset): Promise<Found> {
  const [tally, buildings] = [new PlanTally(), new NewBuildings(await listBuildings(db))];
  const [problems, changes, fresh]: [CsvProblem[], ChangeShown[], string[]] = [[], [], []];
  let understood: VoterColumns = { separator: '', columns: [], ignored: [] };
  for await (const slice of planOf(db, vault, job, charset)) {
    tally.add(slice);
    buildings.add(slice);
    problems.push(...slice.problems.slice(0, mostShown - problems.length));
    changes.push(...slice.changed.slice(0, mostShown - changes.length).map(shownChange));
    fresh.push(
      ...slice.fresh.slice(0, mostNamed - fresh.length).map(({ lastName, firstName }) => `${lastName} ${firstName}`),
    );
    const { separator, columns, ignored } = slice;
    understood = { separator, columns, ignored };
  }
  const { added, changed, unchanged, problems: problemCount } = tally;
  const counts = { added, changed, unchanged, problemCount };
  const shown = { problems, changes, fresh, buildings: buildings.names.slice(0, mostShown) };
  return { ...understood, ...counts, ...shown, digest: tally.digest() };
}

function shownChange({ line, before, building, draft }: VoterChange): ChangeShown {
  const pairs: [string, string, string][] = [
    ['lastName', before.last_name, draft.lastName],
    ['firstName', before.first_name, draft.firstName],
    ['promotion', before.promotion, draft.promotion],
    ['building', building, draft.building],
    ['language', before.language, draft.language ?? ''],
  ];
  const fields = pairs
    .filter(([, was, is]) => was !== is)
    .map(([field, was, is]) => ({ field, before: was, after: is }));
  return { line, name: `${before.last_name} ${before.first_name}`, fields };
}

export interface ImportView {
  readonly row: VoterImportRow;
  /** Undefined while the file is being read. */
  readonly summary: ImportSummary | undefined;
  /** The process that worked on it is gone; nothing was imported. */
  readonly interrupted: boolean;
}

/** A dry run of this account; undefined for anybody else's, and for one that expired. */
export async function findOwnImport(
  db: Database,
  vault: Vault,
  actor: Technician,
  { electionId, id }: Pick<ImportJob, 'electionId' | 'id'>,
): Promise<ImportView | undefined> {
  const row = await findImport(db.reader, electionId, id);
  const now = await db.now();
  if (!row || row.actor !== actor.accountId) return undefined;
  const expires = row.state === 'reading' || row.state === 'ready' || row.state === 'refused';
  if (expires && now > row.created_at + keptMs) return undefined;
  const busy = row.state === 'reading' || row.state === 'running';
  const summary = row.state === 'reading' ? undefined : await openSummary(vault, row);
  return { row, summary, interrupted: busy && now > row.beat_at + silentMs };
}

const openSummary = async (vault: Vault, { id, summary }: VoterImportRow): Promise<ImportSummary> =>
  JSON.parse(await vault.open('import', id, summary)) as ImportSummary;

/** Everything wrong, for the download: the file read once more. */
export async function readProblems(db: Database, vault: Vault, job: ImportJob): Promise<CsvProblem[]> {
  const problems: CsvProblem[] = [];
  const row = await findImport(db.reader, job.electionId, job.id);
  if (!row) return problems;
  const { charset } = await openKept(vault, row);
  for await (const slice of planOf(db.reader, vault, job, charset)) problems.push(...slice.problems);
  return problems;
}

export type Taken = { readonly ok: true } | { readonly ok: false; readonly reason: 'import-gone' };

/** Begins what was confirmed; of two who confirm at once, one. */
export async function takeDryRun(db: Database, { id }: Pick<ImportJob, 'id'>): Promise<Taken> {
  return db.write(async (tx) => {
    const now = await db.now(tx);
    return (await takeImport(tx, id, now, now - silentMs)) ? { ok: true } : { ok: false, reason: 'import-gone' };
  });
}

/** Does what the dry run said; when the roll has changed since, the dry run is made anew and nothing is imported. */
export async function runImport(
  db: Database,
  vault: Vault,
  actor: Technician,
  job: ImportJob,
  tell?: (done: number) => void,
): Promise<Applied> {
  const { id, electionId } = job;
  try {
    const row = await findImport(db.reader, electionId, id);
    if (!row) return { ok: false, reason: 'roll-changed' };
    const { charset } = await openKept(vault, row);
    const confirmed = { ...job, lines: row.total, digest: row.digest, tell };
    const applied = await applyImport(db, actor, confirmed, (tx) => fileOf(tx, vault, { id, charset }));
    if (!applied.ok) await startAgain(db, vault, job);
    return applied;
  } catch (error) {
    await startAgain(db, vault, job);
    throw error;
  }
}

async function startAgain(db: Database, vault: Vault, job: ImportJob): Promise<void> {
  const now = await db.now();
  if (await db.write((tx) => readImportAgain(tx, job.id, now))) await readDryRun(db, vault, job);
}

export interface LastImport {
  readonly id: string;
  readonly at: number;
}

/** The import that can be undone, where there is one. */
export async function findLastImport(db: Database, electionId: string): Promise<LastImport | undefined> {
  const row = await findDoneImport(db.reader, electionId);
  return row && { id: row.id, at: row.created_at };
}
