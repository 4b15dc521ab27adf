// Imports of spreadsheets: the sealed file of a dry run, and what the last import did, until it can no longer be undone.

import type { Updateable } from 'kysely';
import { insertRows } from './insert-rows.ts';
import type { Reader, Writer } from './database.ts';
import type { Instant, VoterImportChangesTable, VoterImportPartsTable, VoterImportsTable } from './tables.ts';

export type VoterImportRow = VoterImportsTable;
export type VoterImportChange = VoterImportChangesTable;

export async function insertImport(tx: Writer, row: VoterImportRow): Promise<void> {
  await tx.insertInto('voter_imports').values(row).execute();
}

export async function insertImportPart(tx: Writer, part: VoterImportPartsTable): Promise<void> {
  await tx.insertInto('voter_import_parts').values(part).execute();
}

/** Undefined too for one of another election. */
export async function findImport(db: Reader, electionId: string, id: string): Promise<VoterImportRow | undefined> {
  return db
    .selectFrom('voter_imports')
    .selectAll()
    .where('id', '=', id)
    .where('election_id', '=', electionId)
    .executeTakeFirst();
}

/** The import that can be undone. */
export async function findDoneImport(db: Reader, electionId: string): Promise<VoterImportRow | undefined> {
  return db
    .selectFrom('voter_imports')
    .selectAll()
    .where('election_id', '=', electionId)
    .where('state', '=', 'done')
    .orderBy('created_at', 'desc')
    .executeTakeFirst();
}

/** One that is done stays as it is. */
export async function updateImport(tx: Writer, id: string, values: Updateable<VoterImportsTable>): Promise<void> {
  await tx.updateTable('voter_imports').set(values).where('id', '=', id).where('state', '<>', 'done').execute();
}

/** True for one of several who confirm at once. One that was begun long ago by a process that is gone may be taken again. */
export async function takeImport(tx: Writer, id: string, now: Instant, silentSince: Instant): Promise<boolean> {
  const taken = await tx
    .updateTable('voter_imports')
    .set({ state: 'running', beat_at: now, done: 0 })
    .where('id', '=', id)
    .where((on) =>
      on.or([on('state', '=', 'ready'), on.and([on('state', '=', 'running'), on('beat_at', '<', silentSince)])]),
    )
    .returning('id')
    .execute();
  return taken.length === 1;
}

/** A confirmed one becomes a dry run again. False for one that is done: it was taken twice, and the other one has written it. */
export async function readImportAgain(tx: Writer, id: string, now: Instant): Promise<boolean> {
  const again = await tx
    .updateTable('voter_imports')
    .set({ state: 'reading', done: 0, beat_at: now })
    .where('id', '=', id)
    .where('state', '=', 'running')
    .returning('id')
    .execute();
  return again.length === 1;
}

export async function* readImportParts(db: Reader, importId: string): AsyncGenerator<VoterImportPartsTable> {
  for (let part = 0; ; part++) {
    const row = await db
      .selectFrom('voter_import_parts')
      .selectAll()
      .where('import_id', '=', importId)
      .where('part', '=', part)
      .executeTakeFirst();
    if (!row) return;
    yield row;
  }
}

export async function deleteImportParts(tx: Writer, importId: string): Promise<void> {
  await tx.deleteFrom('voter_import_parts').where('import_id', '=', importId).execute();
}

export async function insertImportChanges(tx: Writer, rows: readonly VoterImportChange[]): Promise<void> {
  await insertRows(tx, 'voter_import_changes', rows);
}

export async function listImportChanges(
  db: Reader,
  importId: string,
  after: string,
  limit: number,
): Promise<VoterImportChange[]> {
  return db
    .selectFrom('voter_import_changes')
    .selectAll()
    .where('import_id', '=', importId)
    .where('voter_id', '>', after)
    .orderBy('voter_id')
    .limit(limit)
    .execute();
}

export async function deleteImport(tx: Writer, id: string): Promise<void> {
  await tx.deleteFrom('voter_imports').where('id', '=', id).execute();
}

/** Every trace of imports into this election, but for one. */
export async function deleteImportsOf(tx: Writer, electionId: string, except = ''): Promise<void> {
  await tx.deleteFrom('voter_imports').where('election_id', '=', electionId).where('id', '!=', except).execute();
}

/** Dry runs that nobody confirmed in time, with their files; and imports whose process is long gone. */
export async function deleteImportsBefore(tx: Writer, instant: Instant): Promise<void> {
  await tx
    .deleteFrom('voter_imports')
    .where((on) =>
      on.or([
        on.and([on('created_at', '<', instant), on('state', 'in', ['reading', 'ready', 'refused'])]),
        on.and([on('beat_at', '<', instant), on('state', '=', 'running')]),
      ]),
    )
    .execute();
}

/** When an import changed this voter, as far as it can still be undone. */
export async function listImportsOfVoter(
  db: Reader,
  voterId: string,
): Promise<{ created_at: Instant; actor: string }[]> {
  return db
    .selectFrom('voter_import_changes')
    .innerJoin('voter_imports', 'voter_imports.id', 'import_id')
    .select(['voter_imports.created_at', 'voter_imports.actor'])
    .where('voter_id', '=', voterId)
    .execute();
}
