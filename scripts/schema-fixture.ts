// `node scripts/schema-fixture.ts`: writes the fixture of each schema version that has none yet, as a backup that restores into
// either database: every table filled, elections in every phase. A fixture is never written again: it is what that version left.
// Of an older version it has what the tables of today hold in the columns of then.

import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { takeBackup } from '../packages/server/src/backup/taking.ts';
import { checkSecret, saveOrganisation } from '../packages/server/src/domain/settings.ts';
import { type Database, openDatabase } from '../packages/server/src/storage/database.ts';
import { remakeTables } from '../packages/server/src/storage/loading.ts';
import { migrationNames } from '../packages/server/src/storage/migrations/all.ts';
import { anElectionIn } from '../tests/support/phases.ts';
import { anArmedElection, hour, secret, vault } from '../tests/support/elections.ts';
import { makeBoards } from '../tests/support/verifiable-phases.ts';

const folder = join(import.meta.dirname, '../tests/fixtures/schemas');
const fixtureOf = (name: string) => join(folder, `${name}.votix.gz`);
const far = Date.UTC(2100, 0, 1);

const organisation = {
  organisation: 'Amicale des Jonquilles',
  contactName: 'Claire Martin',
  contactEmail: 'claire@example.org',
  retentionDays: 90,
  language: 'fr',
  zone: 'Europe/Paris',
  baseUrl: 'https://votes.example.org',
} as const;

async function fillByDeeds(db: Database): Promise<void> {
  await checkSecret(db, vault.hash('check', 'votix'));
  await db.write((tx) => saveOrganisation(tx, organisation));
  for (const phase of ['published', 'archived', 'abandoned', 'closed'] as const) await anElectionIn(db, phase);
  await anArmedElection(db, { opensIn: hour, closesIn: 2 * hour });
  await makeBoards(db);
  // Nobody votes in it, whenever it is opened: an upgrade would be refused.
  const window = { opens_at: far, closes_at: far + hour };
  await db.write((tx) => tx.updateTable('elections').set(window).where('sealed_at', 'is', null).execute());
}

type Row = Record<string, SQLInputValue>;
interface Column {
  readonly name: string;
  readonly type: string;
  readonly notnull: number;
}

const quoted = (name: string) => `"${name}"`;
const tablesOf = (file: DatabaseSync): string[] =>
  file
    .prepare(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
      AND name NOT LIKE 'kysely\\_%' ESCAPE '\\'`,
    )
    .all()
    .map(({ name }) => String(name));
const columnsOf = (file: DatabaseSync, table: string) =>
  file.prepare(`SELECT name, type, "notnull" FROM pragma_table_info(?)`).all(table) as unknown as Column[];
const rowsOf = (file: DatabaseSync, table: string) => file.prepare(`SELECT * FROM ${quoted(table)}`).all() as Row[];

function insert(file: DatabaseSync, table: string, row: Row): void {
  const names = Object.keys(row);
  const places = names.map(() => '?').join(', ');
  file
    .prepare(`INSERT INTO ${quoted(table)} (${names.map(quoted).join(', ')}) VALUES (${places})`)
    .run(...Object.values(row));
}

/** One row for each table that no deed has filled, made of what its definition allows. */
function fillTheRest(path: string): void {
  const file = new DatabaseSync(path);
  let left = tablesOf(file).filter((table) => rowsOf(file, table).length === 0);
  while (left.length > 0) {
    const still = left.filter((table) => !tryToFill(file, table));
    if (still.length === left.length)
      throw new Error(`No row could be made for ${left.join(', ')}: give them one in fillByDeeds.`);
    left = still;
  }
  file.close();
}

function tryToFill(file: DatabaseSync, table: string): boolean {
  const definition = String(file.prepare('SELECT sql FROM sqlite_schema WHERE name = ?').get(table)?.['sql']);
  const references = file.prepare('SELECT * FROM pragma_foreign_key_list(?)').all(table);
  const valueOf = ({ name, type }: Column): SQLInputValue => {
    const reference = references.find(({ from }) => from === name);
    if (reference) {
      const parent = String(reference['table']);
      const column = String(reference['to'] ?? columnsOf(file, parent)[0]?.name);
      return rowsOf(file, parent)[0]?.[column] ?? null;
    }
    const allowed = new RegExp(`\\b${name}\\b[^,]*?CHECK \\(${name} IN\\s*\\(\\s*'([^']+)'`).exec(definition)?.[1];
    if (allowed !== undefined) return allowed;
    return type === 'INTEGER' ? 1 : type === 'BLOB' ? Buffer.from([1]) : '1';
  };
  try {
    insert(file, table, Object.fromEntries(columnsOf(file, table).map((column) => [column.name, valueOf(column)])));
    return true;
  } catch {
    return false;
  }
}

/** The tables of that version with what the columns they had hold today. */
async function project(from: string, to: string, schema: readonly string[]): Promise<void> {
  const db = await openDatabase({ kind: 'sqlite', path: to });
  const shapes = await db.write((tx) => remakeTables(db, tx, schema));
  await db.close();
  const [source, target] = [new DatabaseSync(from, { readOnly: true }), new DatabaseSync(to)];
  target.exec('PRAGMA foreign_keys = ON');
  const knowsVerifiable = shapes.some(({ name }) => name === 'verifiable_elections');
  for (const { name, columns } of shapes) {
    if (name === 'turnout' && !shapes.some((shape) => shape.name === 'roll_counts')) continue; // there, and not used yet
    let taken = 0;
    for (const row of tablesOf(source).includes(name) ? rowsOf(source, name) : []) {
      if (name === 'elections' && row['sealing'] === 'verifiable' && !knowsVerifiable) continue; // and with it what refers to it
      try {
        insert(
          target,
          name,
          Object.fromEntries(columns.flatMap((column) => (column in row ? [[column, row[column]!]] : []))),
        );
        taken++;
      } catch {
        // of a kind that this version did not know
      }
    }
    if (taken === 0 && !tryToFill(target, name)) throw new Error(`Nothing of ${name} fits into ${schema.at(-1)}.`);
  }
  source.close();
  target.close();
}

const missing = migrationNames.filter((name) => !existsSync(fixtureOf(name)));
if (missing.length > 0) {
  const place = mkdtempSync(join(tmpdir(), 'votix-fixture-'));
  try {
    const today = join(place, 'today.sqlite');
    const db = await openDatabase({ kind: 'sqlite', path: today });
    await fillByDeeds(db);
    await db.close();
    fillTheRest(today);
    for (const name of missing) {
      const then = join(place, `${name}.sqlite`);
      await project(today, then, migrationNames.slice(0, migrationNames.indexOf(name) + 1));
      const wish = { address: { kind: 'sqlite', path: then }, secret, software: `as of ${name}` } as const;
      const taken = await takeBackup({ ...wish, file: fixtureOf(name), now: Date.now() });
      if (!taken.ok) throw new Error(taken.reason);
      process.stdout.write(`${name}: ${taken.rows} rows, ${taken.bytes} bytes\n`);
    }
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}
