// The bytes of an SQLite database, read without SQLite: where a text stands in the pages of a table, and what each commit
// of the write-ahead log brought. Format: https://www.sqlite.org/fileformat2.html §1.6 (pages), §4.1 (log).

import { copyFileSync, readFileSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { Trace } from './statistics.ts';

const logHeaderBytes = 32;
const frameHeaderBytes = 24;

interface Place {
  readonly page: number;
  /** In the page. */
  readonly offset: number;
}

export interface Tokens {
  readonly voters: readonly string[];
  readonly receipts: readonly string[];
}

const tables = { voters: 'signatures', receipts: 'ballots' } as const;

/** The pages of a table's tree, as SQLite itself lists them. */
function pagesOf(path: string, table: string): number[] {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const rows = database.prepare('SELECT pageno FROM dbstat WHERE name = ? ORDER BY pageno').all(table);
    return rows.map((row) => Number(row['pageno']));
  } finally {
    database.close();
  }
}

const pageSizeOf = (file: Buffer): number => (file.readUInt16BE(16) === 1 ? 65_536 : file.readUInt16BE(16));

/** Where each of these texts stands in the table's pages: its last place in the file. */
function placesOf(path: string, kind: keyof Tokens, texts: readonly string[]): Map<string, Place> {
  const file = readFileSync(path);
  const size = pageSizeOf(file);
  const places = new Map<string, Place>();
  for (const page of pagesOf(path, tables[kind])) {
    const bytes = file.subarray((page - 1) * size, page * size).toString('latin1');
    for (const text of texts) {
      const offset = bytes.indexOf(text);
      if (offset !== -1) places.set(text, { page, offset });
    }
  }
  return places;
}

const numbered = (places: ReadonlyMap<string, Place>) =>
  new Map([...places].map(([text, { page, offset }]) => [text, page * 65_536 + offset]));

/** One number per voter and receipt: their place in the file. */
export const traceOfFile = (path: string, { voters, receipts }: Tokens): Trace => ({
  voters: numbered(placesOf(path, 'voters', voters)),
  receipts: numbered(placesOf(path, 'receipts', receipts)),
});

/** How often a text stands in the whole file, in use or left over. */
export function occurrences(path: string, texts: readonly string[]): number[] {
  const file = readFileSync(path).toString('latin1');
  return texts.map((text) => file.split(text).length - 1);
}

export interface Commit {
  readonly voters: readonly string[];
  readonly receipts: readonly string[];
}

/** What each commit of the write-ahead log added, told by the pages before and after it. */
export function commitsOf(path: string, { voters, receipts }: Tokens): Commit[] {
  const log = readFileSync(`${path}-wal`);
  if (log.length === 0) return [];
  const size = log.readUInt32BE(8);
  const salt = log.subarray(16, 24);
  const trees = { voters: new Set(pagesOf(path, 'signatures')), receipts: new Set(pagesOf(path, 'ballots')) };
  const seen = new Set([...placesOf(path, 'voters', voters).keys(), ...placesOf(path, 'receipts', receipts).keys()]);
  const commits: Commit[] = [];
  let [newVoters, newReceipts]: [string[], string[]] = [[], []];
  for (let at = logHeaderBytes; at + frameHeaderBytes + size <= log.length; at += frameHeaderBytes + size) {
    if (!log.subarray(at + 8, at + 16).equals(salt)) break; // left over from an earlier round of the log
    const page = log.readUInt32BE(at);
    const bytes = log.subarray(at + frameHeaderBytes, at + frameHeaderBytes + size).toString('latin1');
    const fresh = (texts: readonly string[]) => texts.filter((text) => !seen.has(text) && bytes.includes(text));
    if (trees.voters.has(page)) newVoters.push(...fresh(voters));
    if (trees.receipts.has(page)) newReceipts.push(...fresh(receipts));
    for (const text of [...newVoters, ...newReceipts]) seen.add(text);
    if (log.readUInt32BE(at + 4) === 0) continue; // not the last frame of its commit
    commits.push({ voters: newVoters, receipts: newReceipts });
    [newVoters, newReceipts] = [[], []];
  }
  return commits;
}

export const logBytes = (path: string): number => statSync(`${path}-wal`).size;

/** Pages that belong to no table: what is left over from former rows. */
export function freePages(path: string): number {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    return Number(database.prepare('PRAGMA freelist_count').get()?.['freelist_count']);
  } finally {
    database.close();
  }
}

/** A backup as the operations manual tells to make it. */
export function backUp(path: string, target: string): void {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    database.prepare('VACUUM INTO ?').run(target);
  } finally {
    database.close();
  }
}

/** All bytes of a file after its header, whose counters count writes. */
export const bodyOf = (path: string): Buffer => readFileSync(path).subarray(100);

/** A copy of a closed file into which the same votes arrived one by one in another order. */
export function withAnotherArrival(path: string, target: string, compacted: boolean): void {
  copyFileSync(path, target);
  const database = new DatabaseSync(target);
  database.exec('PRAGMA secure_delete = ON; BEGIN');
  for (const table of Object.values(tables)) {
    database.exec(`CREATE TEMP TABLE votes AS SELECT * FROM ${table} ORDER BY random(); DELETE FROM ${table}`);
    const rowids = database.prepare('SELECT rowid FROM votes').all();
    const insert = database.prepare(`INSERT INTO ${table} SELECT * FROM votes WHERE rowid = ?`);
    for (const { rowid } of rowids) insert.run(rowid!);
    database.exec('DROP TABLE votes');
  }
  database.exec('COMMIT');
  if (compacted) database.exec('VACUUM');
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
}
