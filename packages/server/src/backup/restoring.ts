// Checks an archive and puts it back: first the whole file is read, then everything happens in one transaction, in which it
// is read and checked again, so that whatever fails leaves the database as it was.

import { openVault } from '../domain/vault.ts';
import { type Database, type Writer } from '../storage/database.ts';
import { bringUpToDate, countRows, insertRows, remakeTables } from '../storage/loading.ts';
import { migrationNames } from '../storage/migrations/all.ts';
import type { Cell } from '../storage/snapshots.ts';
import { ArchiveBroken, type ArchiveFault, boundDigest, type End, type Header, readArchive } from './archive.ts';

export interface Checked {
  readonly header: Header;
  readonly end: End;
  readonly rows: number;
}

export type ArchiveProblem = ArchiveFault | 'newer-schema';
export type CheckOutcome =
  | ({ readonly ok: true } & Checked)
  | { readonly ok: false; readonly reason: ArchiveProblem; readonly software?: string };

/** Everything that can be said without the secret. Throws when the file cannot be read at all. */
export async function checkArchive(file: string): Promise<CheckOutcome> {
  let [header, end]: [Header | undefined, End | undefined] = [undefined, undefined];
  try {
    for await (const part of readArchive(file)) {
      if (part.kind === 'header') header = part.header;
      if (header && isNewer(header)) return { ok: false, reason: 'newer-schema', software: header.software };
      if (part.kind === 'end') ({ end } = part); // the last bytes of the file come after it
    }
    if (!header || !end) throw new ArchiveBroken('truncated');
    return { ok: true, header, end, rows: Object.values(end.rows).reduce((sum, n) => sum + n, 0) };
  } catch (error) {
    if (error instanceof ArchiveBroken) return { ok: false, reason: error.reason };
    throw error;
  }
}

const isNewer = ({ schema }: Header): boolean => schema.some((name) => !migrationNames.includes(name));

export type SecretVerdict = 'fits' | 'other-secret' | 'tampered';

/** Whether links and codes can be opened with this secret, and whether whoever wrote the archive knew it. */
export function judgeSecret({ header, end }: Checked, secret: string): SecretVerdict {
  const vault = openVault(secret);
  if (!vault.isHash('check', 'votix', header.secretCheck)) return 'other-secret';
  return vault.isHash('backup', boundDigest(end.sha256), end.hmac) ? 'fits' : 'tampered';
}

const rowsAtOnce = 100;

/** Throws on any failure, whose transaction is then rolled back. To be called inside a transaction; nothing else may run in it. */
export async function loadArchive(db: Database, tx: Writer, file: string, expected: Checked): Promise<void> {
  const { schema } = expected.header;
  const shapes = new Map((await remakeTables(db, tx, schema)).map((shape) => [shape.name, shape]));
  let [table, columns, rows]: [string, readonly string[], (readonly Cell[])[]] = ['', [], []];
  const flush = async () => {
    if (rows.length > 0) await insertRows(tx, table, columns, rows);
    rows = [];
  };
  for await (const part of readArchive(file)) {
    if (part.kind === 'row') {
      rows.push(part.row);
      if (rows.length === rowsAtOnce) await flush();
      continue;
    }
    await flush();
    if (part.kind === 'table') {
      const known = shapes.get(part.name)?.columns.toSorted().join();
      if (known !== part.columns.toSorted().join()) throw new ArchiveBroken('damaged');
      ({ name: table, columns } = part);
    }
    if (part.kind === 'end' && part.end.sha256 !== expected.end.sha256) throw new ArchiveBroken('damaged'); // replaced meanwhile
  }
  for (const [name, count] of Object.entries(expected.end.rows))
    if ((await countRows(tx, name)) !== count) throw new ArchiveBroken('damaged');
  await bringUpToDate(db, tx, schema);
}
