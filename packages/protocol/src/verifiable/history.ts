// What the events of an archive say happened: one chain, in the order an election has, each object referred to once and
// where it belongs. Specification: "Archive".

import type { Archive, ArchiveEvent } from './archive.ts';
import { type Unknowns, readInteger, readObject } from './reading.ts';
import { parseStrictJson } from './strict-json.ts';

/** How far an election is. */
export type Stage = 'setup' | 'voting' | 'closed' | 'tallied' | 'decrypted';

/** The texts of an archive by what they are. */
export interface History {
  readonly stage: Stage;
  /** Hash and height of the last event: what two copies are compared by. */
  readonly head: { readonly hash: string; readonly height: number };
  readonly events: number;
  readonly election: string;
  readonly trustees: string;
  readonly credentials: string;
  readonly ballots: readonly string[];
  readonly tally?: {
    readonly numTallied: number;
    readonly totalWeight: unknown;
    readonly encrypted: string;
    readonly hash: string;
  };
  readonly shares: readonly { readonly owner: number; readonly text: string; readonly hash: string }[];
  readonly result?: string;
}

/** Why the events are no history: of the chain (`event-…`), or of the objects it refers to. */
export type HistoryProblem =
  | 'event-height'
  | 'event-parent'
  | 'event-type'
  | 'event-order'
  | 'event-payload'
  | 'object-malformed'
  | 'object-missing'
  | 'object-unused'
  | 'object-used-twice'
  | 'no-setup';

/** `at` counts the entries of the archive, its header being 0. */
export type ReadHistory =
  | { readonly ok: true; readonly history: History }
  | { readonly ok: false; readonly reason: HistoryProblem; readonly at: number };

/** Which stage each event needs and leads to. */
const STEPS: Readonly<Record<string, { readonly from: readonly (Stage | 'nothing')[]; readonly to: Stage }>> = {
  Setup: { from: ['nothing'], to: 'setup' },
  Ballot: { from: ['setup', 'voting'], to: 'voting' },
  EndBallots: { from: ['setup', 'voting'], to: 'closed' },
  EncryptedTally: { from: ['closed'], to: 'tallied' },
  PartialDecryption: { from: ['tallied'], to: 'tallied' },
  Result: { from: ['tallied'], to: 'decrypted' },
};

/** A fault found while reading; never leaves this file. */
class Fault {
  readonly reason: HistoryProblem;
  constructor(reason: HistoryProblem) {
    this.reason = reason;
  }
}

/** The objects that stand before an event, and which of them an event has referred to. */
interface Objects {
  readonly texts: Map<string, string>;
  readonly used: Set<string>;
}

/** Reads the chain; `at` counts the entries of the archive, its header being 0. */
export function readHistory(archive: Archive, unknowns: Unknowns): ReadHistory {
  const objects: Objects = { texts: new Map(), used: new Set() };
  let history: Growing = { stage: 'nothing', ballots: [], shares: [], events: 0 };
  for (const [index, entry] of archive.entries.entries()) {
    const at = index + 1;
    if (entry.kind === 'data') {
      objects.texts.set(entry.hash, entry.text);
      continue;
    }
    try {
      requireNext(entry.event, history);
      history = { ...grow(history, entry.event, { objects, unknowns }), events: history.events + 1 };
      history = { ...history, head: { hash: entry.hash, height: entry.event.height } };
      if (objects.used.size !== objects.texts.size) throw new Fault('object-unused');
    } catch (fault) {
      if (fault instanceof Fault) return { ok: false, reason: fault.reason, at };
      throw fault;
    }
  }
  const end = archive.entries.length;
  if (history.stage === 'nothing') return { ok: false, reason: 'no-setup', at: end };
  if (objects.used.size !== objects.texts.size) return { ok: false, reason: 'object-unused', at: end };
  return { ok: true, history: history as History };
}

type Growing = Omit<Partial<History>, 'stage' | 'ballots' | 'shares' | 'events'> & {
  readonly stage: Stage | 'nothing';
  readonly ballots: string[];
  readonly shares: { owner: number; text: string; hash: string }[];
  readonly events: number;
};

interface Sources {
  readonly objects: Objects;
  readonly unknowns: Unknowns;
}

function requireNext({ height, parent, type }: ArchiveEvent, { head, stage }: Growing): void {
  if (height !== (head === undefined ? 0 : head.height + 1)) throw new Fault('event-height');
  if (parent !== head?.hash) throw new Fault('event-parent');
  const step = Object.hasOwn(STEPS, type) ? STEPS[type] : undefined;
  if (step === undefined) throw new Fault('event-type');
  if (!step.from.includes(stage)) throw new Fault('event-order');
}

function grow(history: Growing, { type, payload }: ArchiveEvent, sources: Sources): Growing {
  const stage = STEPS[type]!.to;
  if ((payload === undefined) !== (type === 'EndBallots')) throw new Fault('event-payload');
  if (payload === undefined) return { ...history, stage };
  const text = use(sources, payload);
  switch (type) {
    case 'Setup':
      return { ...history, stage, ...readSetup(text, sources) };
    case 'Ballot':
      history.ballots.push(text);
      return { ...history, stage };
    case 'EncryptedTally':
      return { ...history, stage, tally: readSizedTally(text, sources) };
    case 'PartialDecryption':
      history.shares.push(readOwnedShare(text, sources));
      return { ...history, stage };
    default:
      return { ...history, stage, result: text };
  }
}

function use({ objects: { texts, used } }: Sources, hash: unknown): string {
  const text = typeof hash === 'string' ? texts.get(hash) : undefined;
  if (text === undefined) throw new Fault('object-missing');
  if (used.has(hash as string)) throw new Fault('object-used-twice');
  used.add(hash as string);
  return text;
}

function readSetup(text: string, sources: Sources): Pick<History, 'election' | 'trustees' | 'credentials'> {
  const object = read(text, { what: 'setup_data', members: ['election', 'trustees', 'credentials'] }, sources);
  const [election, trustees, credentials] = ['election', 'trustees', 'credentials'].map((member) =>
    use(sources, object[member]),
  ) as [string, string, string];
  return { election, trustees, credentials };
}

function readSizedTally(text: string, sources: Sources): NonNullable<History['tally']> {
  const members = ['num_tallied', 'total_weight', 'encrypted_tally'];
  const object = read(text, { what: 'sized_encrypted_tally', members }, sources);
  const numTallied = readInteger(object['num_tallied'], 0);
  if (numTallied === undefined) throw new Fault('object-malformed');
  const encrypted = use(sources, object['encrypted_tally']);
  const hash = object['encrypted_tally'] as string;
  return { numTallied, totalWeight: object['total_weight'], encrypted, hash };
}

function readOwnedShare(text: string, sources: Sources): History['shares'][number] {
  const object = read(text, { what: 'owned_partial_decryption', members: ['owner', 'payload'] }, sources);
  const owner = readInteger(object['owner'], 1);
  if (owner === undefined) throw new Fault('object-malformed');
  return { owner, text: use(sources, object['payload']), hash: object['payload'] as string };
}

function read(text: string, shape: { what: string; members: readonly string[] }, { unknowns }: Sources) {
  const parsed = parseStrictJson(text);
  const object = parsed.ok ? readObject(parsed.value, shape, unknowns) : undefined;
  if (object === undefined) throw new Fault('object-malformed');
  return object;
}
