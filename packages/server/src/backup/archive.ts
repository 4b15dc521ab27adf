// The archive: gzip of JSON lines, which `zcat` shows. A header; for each table its name and columns, then its rows as
// lists; at the end the counts, the SHA-256 of every byte before, and its HMAC under the server's secret.
// docs/operations.md has the format; decision 044 the reasons.

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';
import type { Cell } from '../storage/snapshots.ts';

export const formatName = 'votix backup';
export const formatVersion = 1;

const headerSchema = z.strictObject({
  format: z.literal(formatName),
  version: z.literal(formatVersion),
  /** Of the software that wrote it. */
  software: z.string(),
  createdAt: z.iso.datetime(),
  database: z.enum(['sqlite', 'postgres']),
  /** Taken while people could vote: read the threat model before it is kept. */
  voting: z.boolean(),
  /** The check value of the server's secret, of which links and codes are made. */
  secretCheck: z.string(),
  /** The secret itself, as JWE under a passphrase; null when it was left out. */
  secret: z.string().nullable(),
  /** The migrations, in their order: the version of the schema. */
  schema: z.array(z.string()).min(1),
});

const tableSchema = z.strictObject({ table: z.string(), columns: z.array(z.string()).min(1) });
const cellSchema = z.union([
  z.string(),
  z.int(),
  z.null(),
  z.strictObject({ base64: z.base64() }).transform(({ base64 }): Uint8Array => Buffer.from(base64, 'base64')),
]);
const rowSchema = z.array(cellSchema);
const endSchema = z.strictObject({
  rows: z.record(z.string(), z.int().nonnegative()),
  sha256: z.string(),
  hmac: z.string(),
});

export type Header = z.infer<typeof headerSchema>;
export type End = z.infer<typeof endSchema>;

export type Part =
  | { readonly kind: 'header'; readonly header: Header }
  | { readonly kind: 'table'; readonly name: string; readonly columns: readonly string[] }
  | { readonly kind: 'row'; readonly row: readonly Cell[] }
  | { readonly kind: 'end'; readonly end: End };

export type ArchiveFault = 'not-an-archive' | 'newer-format' | 'truncated' | 'damaged';

export class ArchiveBroken extends Error {
  readonly reason: ArchiveFault;
  constructor(reason: ArchiveFault) {
    super(reason);
    this.reason = reason;
  }
}

const cellText = (cell: Cell): string | number | null | { base64: string } =>
  cell instanceof Uint8Array ? { base64: Buffer.from(cell).toString('base64') } : cell;
export const rowLine = (row: readonly Cell[]): string => `${JSON.stringify(row.map(cellText))}\n`;
export const line = (value: Header | z.infer<typeof tableSchema> | End): string => `${JSON.stringify(value)}\n`;

/** What is bound by the HMAC. */
export const boundDigest = (sha256: string): string => `${formatName} ${formatVersion} ${sha256}`;

/** Reads and checks an archive from its first byte to its last: throws ArchiveBroken, also at the very end. */
export async function* readArchive(path: string): AsyncGenerator<Part> {
  const hash = createHash('sha256');
  const rows: Record<string, number> = {};
  let [table, end]: [{ name: string; columns: number } | undefined, End | undefined] = [undefined, undefined];
  let isFirst = true;
  for await (const bytes of linesOf(path)) {
    if (end) throw new ArchiveBroken('damaged');
    const value = jsonOf(bytes, isFirst);
    if (isFirst) {
      yield { kind: 'header', header: headerOf(value) };
      isFirst = false;
    } else if (Array.isArray(value)) {
      const row = rowSchema.safeParse(value);
      if (!row.success || row.data.length !== table?.columns) throw new ArchiveBroken('damaged');
      rows[table.name]!++;
      yield { kind: 'row', row: row.data };
    } else {
      const next = tableSchema.safeParse(value);
      if (next.success) {
        const { table: name, columns } = next.data;
        if (Object.hasOwn(rows, name)) throw new ArchiveBroken('damaged');
        rows[name] = 0;
        table = { name, columns: columns.length };
        yield { kind: 'table', name, columns };
      } else {
        end = endOf(value, rows, hash.copy().digest('hex'));
        yield { kind: 'end', end };
      }
    }
    hash.update(bytes);
  }
  if (!end) throw new ArchiveBroken(isFirst ? 'not-an-archive' : 'truncated');
}

function headerOf(value: unknown): Header {
  const named = z.looseObject({ format: z.literal(formatName), version: z.int() }).safeParse(value);
  if (!named.success) throw new ArchiveBroken('not-an-archive');
  if (named.data.version > formatVersion) throw new ArchiveBroken('newer-format');
  const header = headerSchema.safeParse(value);
  if (!header.success) throw new ArchiveBroken('damaged');
  return header.data;
}

function endOf(value: unknown, rows: Readonly<Record<string, number>>, sha256: string): End {
  const end = endSchema.safeParse(value);
  if (!end.success || end.data.sha256 !== sha256) throw new ArchiveBroken('damaged');
  const names = Object.keys(end.data.rows);
  if (names.length !== Object.keys(rows).length || names.some((name) => rows[name] !== end.data.rows[name]))
    throw new ArchiveBroken('damaged');
  return end.data;
}

function jsonOf(bytes: Buffer, isFirst: boolean): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new ArchiveBroken(isFirst ? 'not-an-archive' : 'damaged');
  }
}

/** No row of ours comes near it; a hostile file must not fill the memory. */
const longestLine = 64 * 1024 * 1024;

async function* linesOf(path: string): AsyncGenerator<Buffer> {
  const unpacked = createGunzip();
  pipeline(createReadStream(path), unpacked, () => {}); // errors come out of the iteration
  let [pieces, length, any]: [Buffer[], number, boolean] = [[], 0, false];
  try {
    for await (const chunk of unpacked as AsyncIterable<Buffer>) {
      any = true;
      let start = 0;
      for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, start)) {
        yield Buffer.concat([...pieces, chunk.subarray(start, at + 1)]);
        [pieces, length, start] = [[], 0, at + 1];
      }
      pieces.push(chunk.subarray(start));
      length += chunk.length - start;
      if (length > longestLine) throw new ArchiveBroken('damaged');
    }
  } catch (error) {
    throw brokenOf(error, any);
  }
  if (length > 0) throw new ArchiveBroken(any ? 'truncated' : 'not-an-archive');
}

function brokenOf(error: unknown, any: boolean): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (!code.startsWith('Z_')) return error; // our own, or the disk's
  if (code === 'Z_BUF_ERROR') return new ArchiveBroken('truncated');
  return new ArchiveBroken(any ? 'damaged' : 'not-an-archive');
}
