// A record on disk, whose ballots are read from it each time they are asked for: a box may be larger than memory. Specification: "Record".

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { parseRecord, type ParsedRecord, type RecordFrame } from '@votix/protocol';

export interface RecordFile {
  readonly record: RecordFrame;
  /** How many ballots. */
  readonly count: number;
  /** All of them, in the order of the file, some at a time; throws RecordChanged when it is not the file that it was. */
  readonly ballots: () => AsyncGenerator<readonly string[]>;
}

/** Between two looks at a record it was exchanged, or written to. Whatever was found in it is worth nothing. */
export class RecordChanged extends Error {}

/** The list of a canonical record begins behind this: no quote stands bare within a text, so nothing else looks like it. */
const LIST = Buffer.from(',"ballots":[');
/** Nothing but the list is larger: texts, one result, the invalid ballots. */
const FRAME_LIMIT = 50_000_000;
const CHUNK = 1 << 18;
const [QUOTE, COMMA, CLOSE, BACKSLASH] = [0x22, 0x2c, 0x5d, 0x5c];

/** Shapes only, as parseRecord; undefined when the list cannot be found, so that the file is no record as encodeRecord writes it. */
export async function openRecordFile(
  path: string,
): Promise<(RecordFile & { readonly ok: true }) | Extract<ParsedRecord, { ok: false }> | undefined> {
  const head = await readHead(path);
  if (head === undefined) return undefined;
  const list = readList(path, head.length);
  let count = 0;
  for await (const some of list.strings()) count += some.length;
  const [end, digest] = [list.end(), list.digest()];
  const tail = end === undefined ? undefined : await readRest(path, end);
  const frame = tail === undefined ? undefined : textOf(Buffer.concat([head, tail]));
  if (frame === undefined) return undefined;
  const parsed = parseRecord(frame);
  if (!parsed.ok) return parsed;
  const { ballots: _none, ...record } = parsed.record;
  const again = async function* () {
    const other = readList(path, head.length);
    yield* other.strings();
    if (other.end() !== end || other.digest() !== digest) throw new RecordChanged();
  };
  return { ok: true, record, count, ballots: again };
}

/** To the bracket that opens the list. */
async function readHead(path: string): Promise<Buffer | undefined> {
  let head: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK }) as AsyncIterable<Buffer>) {
    const from = Math.max(0, head.length - LIST.length);
    head = Buffer.concat([head, chunk]);
    const at = head.indexOf(LIST, from);
    if (at >= 0) return head.subarray(0, at + LIST.length);
    if (head.length > FRAME_LIMIT) return undefined;
  }
  return undefined;
}

async function readRest(path: string, start: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of createReadStream(path, { start }) as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > FRAME_LIMIT) return undefined;
  }
  return Buffer.concat(chunks);
}

/** The list of texts that begins at `start`. Once they are read: where it ends, undefined when it is no such list; its hash. */
function readList(path: string, start: number) {
  const hash = createHash('sha256');
  let end: number | undefined;
  async function* strings(): AsyncGenerator<readonly string[]> {
    let rest: Buffer = Buffer.alloc(0);
    let at = start;
    for await (const chunk of createReadStream(path, { start, highWaterMark: CHUNK }) as AsyncIterable<Buffer>) {
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      const found = takeTexts(rest);
      if (found === undefined) return;
      hash.update(rest.subarray(0, found.taken));
      at += found.taken;
      rest = rest.subarray(found.taken);
      if (found.texts.length > 0) yield found.texts;
      if (found.isEnd) {
        end = at;
        return;
      }
      if (rest.length > FRAME_LIMIT) return;
    }
  }
  return { strings, end: () => end, digest: () => hash.digest('hex') };
}

interface Taken {
  readonly texts: readonly string[];
  /** Bytes: whole texts, each with its comma; at the end not the bracket, which belongs to what follows. */
  readonly taken: number;
  readonly isEnd: boolean;
}

/** Undefined when what stands there is no list of texts as JSON.stringify writes it. */
function takeTexts(bytes: Buffer): Taken | undefined {
  const texts: string[] = [];
  let at = 0;
  if (bytes[0] === CLOSE) return { texts, taken: 0, isEnd: true };
  while (at < bytes.length) {
    if (bytes[at] !== QUOTE) return undefined;
    const close = endOfText(bytes, at);
    const next = close === undefined ? undefined : bytes[close + 1];
    if (close === undefined || next === undefined) break; // the rest comes with the next bytes
    const text = readText(bytes.subarray(at, close + 1));
    if (text === undefined) return undefined;
    texts.push(text);
    if (next === CLOSE) return { texts, taken: close + 1, isEnd: true };
    if (next !== COMMA) return undefined;
    at = close + 2;
  }
  return { texts, taken: at, isEnd: false };
}

/** The place of the quote that closes the text which opens at `start`. */
function endOfText(bytes: Buffer, start: number): number | undefined {
  let end = bytes.indexOf(QUOTE, start + 1);
  while (end >= 0) {
    let before = end - 1;
    while (bytes[before] === BACKSLASH) before -= 1;
    if ((end - before) % 2 === 1) return end;
    end = bytes.indexOf(QUOTE, end + 1);
  }
  return undefined;
}

const PLAIN = /^"[ !#-[\]-~]*"$/u;

/** One text in the only spelling that JSON.stringify gives it. */
function readText(bytes: Buffer): string | undefined {
  const written = textOf(bytes);
  if (written === undefined) return undefined;
  if (PLAIN.test(written)) return written.slice(1, -1);
  try {
    const text: unknown = JSON.parse(written);
    return typeof text === 'string' && JSON.stringify(text) === written ? text : undefined;
  } catch {
    return undefined;
  }
}

/** Undefined for bytes that are no UTF-8. */
function textOf(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
