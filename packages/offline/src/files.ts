// Reading and writing the files the commands take and give. A file that can't be used is a value with one sentence saying what to do.

import { open, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { parseRecord, type RecordProblem } from '@votix/protocol';
import { type Outcome, type Refusal, refuse } from './outcome.ts';
import { printable } from './printable.ts';
import { openRecordFile, RecordChanged, type RecordFile } from './record-file.ts';

type Read<T> = ({ readonly ok: true } & T) | Refusal;

/** Of what is no record; the longest text Node holds is a little longer. */
const OTHER_FILE_LIMIT = 500_000_000;
const KEY_FILE_LIMIT = 20_000;
const SMALL_FILE_LIMIT = 20_000_000;
const ARCHIVE_LIMIT = 2_000_000_000;
const ARCHIVE_START = 'BELENIOS\0';

/** A record, or the bytes of an archive of a verifiable election: the first bytes tell. */
export type RecordOrArchive =
  | ({ readonly ok: true; readonly kind: 'record' } & RecordFile)
  | { readonly ok: true; readonly kind: 'archive'; readonly bytes: Uint8Array<ArrayBuffer> }
  | Refusal;

export async function readRecordOrArchive(path: string): Promise<RecordOrArchive> {
  if (await startsAsArchive(path)) {
    const archive = await readArchiveFile(path);
    return archive.ok ? { ...archive, kind: 'archive' } : archive;
  }
  const file = await readRecordFile(path);
  return file.ok ? { ...file, kind: 'record' } : file;
}

/** False as well when the file can't be read: whoever reads it then says why. */
async function startsAsArchive(path: string): Promise<boolean> {
  try {
    await using file = await open(path);
    const { buffer } = await file.read({ buffer: Buffer.alloc(ARCHIVE_START.length) });
    return buffer.toString('latin1') === ARCHIVE_START;
  } catch {
    return false;
  }
}

export async function readArchiveFile(path: string): Promise<Read<{ readonly bytes: Uint8Array<ArrayBuffer> }>> {
  const file = await readBytes(path, ARCHIVE_LIMIT);
  if (!file.ok || (await startsAsArchive(path))) return file;
  return refusal('no-archive', `${quoted(path)} is no archive of an election; its name ends with .bel.`);
}

export async function readRecordFile(path: string): Promise<Read<RecordFile>> {
  try {
    if ((await stat(path)).isDirectory()) return folderRefusal(path);
    const opened = await openRecordFile(path);
    if (opened?.ok === true) return opened;
    return await recordRefusal(path, opened?.reason);
  } catch (error) {
    return unreadable(path, error);
  }
}

/** A file without the list of a record is read whole, to say what it is instead. */
async function recordRefusal(path: string, reason: RecordProblem | undefined): Promise<Refusal> {
  if (reason !== undefined) return refusal(reason, `${quoted(path)} ${RECORD_PROBLEMS[reason]}`);
  const file = await readText(path, OTHER_FILE_LIMIT);
  if (!file.ok) return file;
  const parsed = parseRecord(file.text);
  return recordRefusal(path, parsed.ok ? 'record-not-canonical' : parsed.reason);
}

/** What was found in a record before it was exchanged is worth nothing. */
export async function unlessChanged(path: string, work: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof RecordChanged)) throw error;
    const end = 'was changed while it was read; copy it to a folder of yours and try again.';
    return refuse(refusal('record-changed', `${quoted(path)} ${end}`));
  }
}

export async function readKeyFile(path: string): Promise<Read<{ readonly text: string }>> {
  return readText(path, KEY_FILE_LIMIT);
}

/** For the owner alone, and never in place of a file that is there: it may be the only key of an election. */
export async function writeKeyFile(path: string, text: string): Promise<{ readonly ok: true } | Refusal> {
  try {
    await writeFile(path, text, { flag: 'wx', mode: 0o600, flush: true });
    return { ok: true };
  } catch (error) {
    return unwritable(path, error);
  }
}

const RECORD_PROBLEMS = {
  'record-not-json': 'is no record or only a part of one; download the record of the election again.',
  'record-version': 'is no record that this version can read; download it again, or use a newer votix-offline.',
  'record-member': 'is damaged; download the record of the election again.',
  'record-not-canonical':
    'was changed after the download, if only by an editor; download the record again and leave it as it is.',
} as const;

/** JSON of trustees, strict.json, a trustee's key file. */
export async function readSmallFile(path: string): Promise<Read<{ readonly text: string }>> {
  return readText(path, SMALL_FILE_LIMIT);
}

/** The file's new content in the place of the old one, or the old one unharmed. */
export async function replaceFile(path: string, text: string): Promise<Read<object>> {
  try {
    const next = `${path}.new`;
    await writeFile(next, text, { mode: 0o600, flush: true });
    await rename(next, path);
    return { ok: true };
  } catch (error) {
    return unwritable(path, error);
  }
}

function unwritable(path: string, error: unknown): Refusal {
  const { code = '' } = error as { readonly code?: string };
  const end =
    code === 'EEXIST'
      ? 'is there already; it is never replaced, so name another file.'
      : `can't be written (${code || 'unknown problem'}); name a file in a folder of yours.`;
  return refusal(code === 'EEXIST' ? 'file-exists' : 'file-unwritable', `${quoted(path)} ${end}`);
}

async function readText(path: string, limit: number): Promise<Read<{ readonly text: string }>> {
  const file = await readBytes(path, limit);
  if (!file.ok) return file;
  try {
    // Strict: bytes that are no UTF-8 would otherwise be replaced silently and the text no longer be the file's.
    return { ok: true, text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(file.bytes) };
  } catch (error) {
    return unreadable(path, error);
  }
}

async function readBytes(path: string, limit: number): Promise<Read<{ readonly bytes: Uint8Array<ArrayBuffer> }>> {
  try {
    const facts = await stat(path);
    if (facts.isDirectory()) return folderRefusal(path);
    if (facts.size > limit)
      return refusal('file-too-large', `${quoted(path)} is too large; check that it is the right file.`);
    const { buffer, byteOffset, byteLength } = await readFile(path);
    return { ok: true, bytes: new Uint8Array(buffer, byteOffset, byteLength) }; // a view: an archive may be two gigabytes
  } catch (error) {
    return unreadable(path, error);
  }
}

const folderRefusal = (path: string): Refusal =>
  refusal('file-is-folder', `${quoted(path)} is a folder; name the file in it.`);

function unreadable(path: string, error: unknown): Refusal {
  const { code = '' } = error as { readonly code?: string };
  const end = FILE_PROBLEMS[code] ?? `can't be read (${code || 'unknown problem'}); copy it again and try once more.`;
  return refusal('file-unreadable', `${quoted(path)} ${end}`);
}

const FILE_PROBLEMS: Readonly<Record<string, string>> = {
  ENOENT: "isn't there; check its name and folder.",
  EACCES: 'may not be read by you; change its permissions, or copy it to a folder of yours.',
  ERR_ENCODING_INVALID_ENCODED_DATA: 'is no text in UTF-8; check that it is the right file, or download it again.',
};

function quoted(path: string): string {
  return `"${printable(path)}"`;
}

function refusal(reason: string, sentence: string): Refusal {
  return { ok: false, exitCode: 2, reason, sentence };
}
