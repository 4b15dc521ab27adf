// The file of an import between its two steps: sealed, in parts, as it came.

import { randomUUID } from 'node:crypto';
import type { Database, Reader } from '../storage/database.ts';
import {
  deleteImport,
  deleteImportsBefore,
  findImport,
  insertImport,
  insertImportPart,
  readImportParts,
  updateImport,
  type VoterImportRow,
} from '../storage/voter-imports.ts';
import { type Charset, type CsvKind, CsvSniffer, decodeCsv } from './csv-text.ts';
import type { Technician } from './scopes.ts';
import type { Vault } from './vault.ts';
import type { CsvSource } from './voter-csv.ts';

/** Nobody confirms it later. */
export const keptMs = 60 * 60_000;
const partBytes = 128 * 1024;

/** Chosen in the directory instead of standing in a spreadsheet. */
export type ImportSource = 'directory';

/** What is known of a list before it is read. */
export interface Kept {
  readonly charset: Charset;
  /** Undefined for a spreadsheet. */
  readonly source?: ImportSource | undefined;
}

export type KeptFile =
  | { readonly ok: true; readonly id: string }
  | Extract<CsvKind, { ok: false }>
  | { readonly ok: false; readonly reason: 'import-gone' };

/**
 * Keeps the file of a dry run, sealed, part after part as it comes; forgets what expired. Of a file that is none, or that does not
 * come whole (then it throws), nothing stays.
 */
export async function keepFile(
  db: Database,
  vault: Vault,
  actor: Technician,
  electionId: string,
  { bytes, source }: { readonly bytes: AsyncIterable<Uint8Array>; readonly source?: ImportSource },
): Promise<KeptFile> {
  const id = randomUUID();
  await db.write(async (tx) => {
    const now = await db.now(tx);
    await deleteImportsBefore(tx, now - keptMs);
    const row = { id, election_id: electionId, actor: actor.accountId, created_at: now, beat_at: now };
    await insertImport(tx, { ...row, state: 'reading', done: 0, total: 0, digest: '', summary: '' });
  });
  const kept = { ok: false };
  try {
    const kind = await keepParts(db, vault, { id, electionId }, bytes);
    if (!kind.ok) return kind;
    const summary = await vault.seal('import', id, JSON.stringify({ charset: kind.charset, source } satisfies Kept));
    await db.write((tx) => updateImport(tx, id, { summary }));
    kept.ok = true;
    return { ok: true, id };
  } finally {
    if (!kept.ok) await db.write((tx) => deleteImport(tx, id));
  }
}

async function keepParts(
  db: Database,
  vault: Vault,
  { id, electionId }: { readonly id: string; readonly electionId: string },
  bytes: AsyncIterable<Uint8Array>,
): Promise<CsvKind | { readonly ok: false; readonly reason: 'import-gone' }> {
  const sniffer = new CsvSniffer();
  let part = 0;
  for await (const some of inParts(bytes)) {
    sniffer.add(some);
    const row = { import_id: id, part, sealed: await vault.seal('import', `${id} ${part++}`, some.toString('latin1')) };
    const isThere = await db.write(async (tx) => {
      const isThere = (await findImport(tx, electionId, id)) !== undefined; // arming forgets all of them
      if (isThere) await insertImportPart(tx, row);
      return isThere;
    });
    if (!isThere) return { ok: false, reason: 'import-gone' };
  }
  return sniffer.end();
}

async function* inParts(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let [gathered, size]: [Uint8Array[], number] = [[], 0];
  for await (const some of bytes) {
    gathered.push(some);
    size += some.length;
    if (size < partBytes) continue;
    yield Buffer.concat(gathered);
    [gathered, size] = [[], 0];
  }
  if (size > 0) yield Buffer.concat(gathered);
}

/** The bytes of a kept file, each as a character of Latin-1 in its sealed part. */
async function* readParts(db: Reader, vault: Vault, id: string): AsyncGenerator<Uint8Array> {
  for await (const { part, sealed } of readImportParts(db, id))
    yield Buffer.from(await vault.open('import', `${id} ${part}`, sealed), 'latin1');
}

/** The text of a kept file, from its beginning each time. */
export const fileOf =
  (db: Reader, vault: Vault, { id, charset }: { readonly id: string; readonly charset: Charset }): CsvSource =>
  () =>
    decodeCsv(readParts(db, vault, id), charset);

/** Before the dry run its summary is this, and after it holds this. */
export const openKept = async (vault: Vault, { id, summary }: VoterImportRow): Promise<Kept> =>
  JSON.parse(await vault.open('import', id, summary)) as Kept;
