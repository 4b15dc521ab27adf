// Reads what was chosen or dropped, in the worker: which file is what, told by its first bytes, and nothing larger than a page
// can hold. Whatever else it is gets a name that the page has words for.
import { parseRecord, type ElectionRecord } from '@votix/protocol';
import type { FileProblem } from './report.ts';
import type { GivenFile } from './worker-messages.ts';

export type Chosen =
  | { readonly ok: true; readonly kind: 'record'; readonly fileName: string; readonly record: ElectionRecord }
  | {
      readonly ok: true;
      readonly kind: 'archive';
      readonly fileName: string;
      readonly bytes: Uint8Array<ArrayBuffer>;
      readonly strict: string | undefined;
    }
  | { readonly ok: false; readonly problem: FileProblem };

type Kind = 'record' | 'archive' | 'strict' | 'key-file' | 'packed' | 'empty' | 'other-kind';

/** Some 280,000 ballots of one contest: the browser holds the text three times. */
const RECORD_LIMIT = 250_000_000;
const ARCHIVE_LIMIT = 1_000_000_000;
const STRICT_LIMIT = 20_000_000;
/** Of what is no record by its first characters, so much is read to say what is wrong with it. */
const OTHER_JSON_LIMIT = 1_000_000;

const FIRST_BYTES = 64;
const ARCHIVE_START = 'BELENIOS\0';
const RECORD_START = '{"votix":1,"kind":"record",';
/** zip, gzip, bzip2, 7z, xz, zstd. */
const PACKED_STARTS = ['PK', '\x1f\x8b', 'BZh', '7z', '\xfd7zXZ', '\x28\xb5\x2f\xfd'];
const STRICT_START = '{"votix":1,"kind":"strict",';

export async function readChosen(files: readonly GivenFile[]): Promise<Chosen> {
  try {
    const known: { readonly kind: Kind; readonly file: GivenFile }[] = [];
    for (const file of files) known.push({ kind: await kindOf(file), file });
    const [main, second] = known.filter(({ kind }) => kind !== 'strict');
    const [strict, secondStrict] = known.filter(({ kind }) => kind === 'strict');
    if (second !== undefined || secondStrict !== undefined) return refused('several');
    if (main === undefined) return refused(strict === undefined ? 'nothing' : 'strict-alone');
    if (main.kind === 'archive') return await readArchiveFile(main.file, strict?.file);
    if (main.kind !== 'record') return refused(main.kind as FileProblem);
    return strict === undefined ? await readRecordFile(main.file) : refused('strict-with-record');
  } catch {
    return refused('unreadable'); // taken away or locked while it was read, or more than this browser can hold
  }
}

async function kindOf({ content }: GivenFile): Promise<Kind> {
  if (content.size === 0) return 'empty';
  const start = String.fromCharCode(...new Uint8Array(await content.slice(0, FIRST_BYTES).arrayBuffer()));
  if (start.startsWith(ARCHIVE_START)) return 'archive';
  if (start.startsWith(STRICT_START)) return 'strict';
  if (start.startsWith('-----BEGIN ') || /^eyJ[\w-]{20}/.test(start)) return 'key-file';
  if (PACKED_STARTS.some((one) => start.startsWith(one))) return 'packed';
  return /^(\xef\xbb\xbf)?\s*\{/.test(start) ? 'record' : 'other-kind';
}

async function readRecordFile({ name, content }: GivenFile): Promise<Chosen> {
  if (content.size > RECORD_LIMIT) return refused('too-large');
  const isOurs = (await content.slice(0, RECORD_START.length).text()) === RECORD_START;
  if (!isOurs && content.size > OTHER_JSON_LIMIT) return refused('record-not-json');
  const text = decode(await content.arrayBuffer());
  if (text === undefined) return refused('not-text');
  const parsed = parseRecord(text);
  return parsed.ok
    ? { ok: true, kind: 'record', fileName: name, record: parsed.record }
    : { ok: false, problem: parsed.reason };
}

async function readArchiveFile({ name, content }: GivenFile, strictFile: GivenFile | undefined): Promise<Chosen> {
  if (content.size > ARCHIVE_LIMIT) return refused('too-large');
  if (strictFile !== undefined && strictFile.content.size > STRICT_LIMIT) return refused('strict-too-large');
  const strict = strictFile && decode(await strictFile.content.arrayBuffer());
  if (strictFile !== undefined && strict === undefined) return refused('not-text');
  const bytes = new Uint8Array(await content.arrayBuffer());
  return { ok: true, kind: 'archive', fileName: name, bytes, strict };
}

/** Strictly: bytes that are no UTF-8 would otherwise be replaced, and the text no longer be the file's. */
function decode(bytes: ArrayBuffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

const refused = (problem: FileProblem): Chosen => ({ ok: false, problem });
