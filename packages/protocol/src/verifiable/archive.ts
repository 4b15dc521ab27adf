// An archive: everything public about an election in one growing file, objects first, then the event that refers to them.
// Each file is named after the hash of its content, each event after its parent. Specification: "Archive".

import { type Bytes, parseUtf8, sha256Hex, utf8 } from '../encoding/bytes.ts';
import { type Unknowns, readInteger, readObject } from './reading.ts';
import { parseStrictJson } from './strict-json.ts';
import { readTar, tarEntry } from './tar.ts';

/** The events that archives have, in the order in which they come. */
export type EventType = 'Setup' | 'Ballot' | 'EndBallots' | 'EncryptedTally' | 'PartialDecryption' | 'Result';

/** One link of the chain. `height` counts from 0. */
export interface ArchiveEvent {
  /** Hash of the event before; the first has none. */
  readonly parent?: string;
  readonly height: number;
  readonly type: string;
  /** Hash of an object that stands before. */
  readonly payload?: string;
}

/** One entry after the header: an object, or an event that names objects before it. */
export type ArchiveEntry = { readonly hash: string; readonly text: string } & (
  { readonly kind: 'data' } | { readonly kind: 'event'; readonly event: ArchiveEvent }
);

/** The files of an archive in their order, without its header. */
export interface Archive {
  /** Seconds since 1970; the time of every file. */
  readonly timestamp: number;
  readonly entries: readonly ArchiveEntry[];
}

/** Why bytes are no archive: its tar (`truncated`, `header`, `padding`), its first file, a name, a hash, or what an event says. */
export type ArchiveProblem =
  | 'archive-truncated'
  | 'archive-header'
  | 'archive-padding'
  | 'archive-version'
  | 'archive-file-name'
  | 'archive-file-hash'
  | 'archive-file-twice'
  | 'archive-event';

/** `at` counts the files, the header being 0. */
export type ReadArchive =
  | { readonly ok: true; readonly archive: Archive }
  | { readonly ok: false; readonly reason: ArchiveProblem; readonly at: number };

const FIRST = 'BELENIOS';
const NAME = /^([0-9a-f]{64})\.(data|event)\.json$/;
const HASH = /^[0-9a-f]{64}$/;

/** The first bytes of an archive. `timestamp` is in seconds, and no ballot's time. */
export function startArchive(timestamp: number): Bytes {
  const header = JSON.stringify({ version: 1, timestamp: timestamp.toString() });
  return tarEntry({ name: FIRST, content: utf8(header) }, timestamp);
}

/** The bytes to append for an object. */
export function dataEntry(text: string, timestamp: number): Bytes {
  return tarEntry({ name: `${sha256Hex(utf8(text))}.data.json`, content: utf8(text) }, timestamp);
}

/** The bytes to append for an event, and its hash. */
export function eventEntry(event: ArchiveEvent, timestamp: number): { readonly hash: string; readonly bytes: Bytes } {
  const content = eventContent(event);
  const hash = sha256Hex(content);
  return { hash, bytes: tarEntry({ name: `${hash}.event.json`, content }, timestamp) };
}

/** SHA-256 of the text of an event, 64 hexadecimal digits: its file name, and the parent of the next one. */
export function eventHash(event: ArchiveEvent): string {
  return sha256Hex(eventContent(event));
}

/** Members in this order. */
function eventContent({ parent, height, type, payload }: ArchiveEvent): Bytes {
  const members = {
    ...(parent !== undefined && { parent }),
    height,
    type,
    ...(payload !== undefined && { payload }),
  };
  return utf8(JSON.stringify(members));
}

/** Reads the form of an archive: its tar headers, names, hashes and events. What they say is verified elsewhere. */
export function readArchive(bytes: Bytes, unknowns: Unknowns = new Set()): ReadArchive {
  const tar = readTar(bytes);
  if (!tar.ok) return tar;
  const [first, ...files] = tar.files;
  const header = first?.name === FIRST ? parseUtf8(first.content) : undefined;
  if (header === undefined || readTimestamp(header, unknowns) !== tar.mtime) return problem('archive-version', 0);
  const names = new Set<string>();
  const entries: ArchiveEntry[] = [];
  for (const [index, { name, content }] of files.entries()) {
    const at = index + 1;
    const [, hash, kind] = NAME.exec(name) ?? [];
    if (hash === undefined) return problem('archive-file-name', at);
    if (names.has(name)) return problem('archive-file-twice', at);
    names.add(name);
    if (sha256Hex(content) !== hash) return problem('archive-file-hash', at);
    const text = parseUtf8(content);
    const entry = text === undefined ? undefined : readEntry(kind, hash, text, unknowns);
    if (entry === undefined) return problem('archive-event', at);
    entries.push(entry);
  }
  return { ok: true, archive: { timestamp: tar.mtime, entries } };
}

function readEntry(kind: string | undefined, hash: string, text: string, unknowns: Unknowns): ArchiveEntry | undefined {
  if (kind === 'data') return { kind, hash, text };
  const event = parseEvent(text, unknowns);
  return event && { kind: 'event', hash, text, event };
}

function parseEvent(text: string, unknowns: Unknowns): ArchiveEvent | undefined {
  const parsed = parseStrictJson(text);
  const shape = { what: 'event', members: ['height', 'type'], optional: ['parent', 'payload'] };
  const object = parsed.ok ? readObject(parsed.value, shape, unknowns) : undefined;
  const height = readInteger(object?.['height'], 0);
  if (object === undefined || height === undefined || typeof object['type'] !== 'string') return undefined;
  const { type, parent, payload } = object;
  if (![parent, payload].every((hash) => hash === undefined || (typeof hash === 'string' && HASH.test(hash)))) {
    return undefined;
  }
  return {
    height,
    type,
    ...(typeof parent === 'string' && { parent }),
    ...(typeof payload === 'string' && { payload }),
  };
}

/** The tools write the time as text; a number is read as well. */
function readTimestamp(header: string, unknowns: Unknowns): number | undefined {
  const parsed = parseStrictJson(header);
  const shape = { what: 'header', members: ['version', 'timestamp'] };
  const object = parsed.ok ? readObject(parsed.value, shape, unknowns) : undefined;
  const timestamp = object?.['timestamp'];
  if (object?.['version'] !== 1) return undefined;
  return typeof timestamp === 'string' && /^[1-9][0-9]{0,11}$/.test(timestamp)
    ? Number(timestamp)
    : readInteger(timestamp, 0);
}

function problem(reason: ArchiveProblem, at: number): ReadArchive {
  return { ok: false, reason, at };
}
