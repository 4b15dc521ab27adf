// The record: everything public about an election, in one file. Specification: "Record". How it is checked: verify-record.ts.

import { isObject, parseJson } from './encoding/json.ts';
import type { Tally } from './result.ts';

/** A ballot that was in the box and did not count, with the reason openBallot gave. */
export interface InvalidBallot {
  readonly receipt: string;
  readonly reason: string;
}

/** The record of a sealed-box election after the close. Instants in milliseconds since 1970 UTC; `definition` is the exact text. */
export interface ElectionRecord {
  readonly votix: 1;
  readonly kind: 'record';
  readonly definition: string;
  readonly publicKey: string;
  readonly fingerprint: string;
  readonly opensAt: number;
  readonly closesAt: number;
  readonly sealedAt: number;
  /** Number of voters on the roll when the box was sealed. */
  readonly registered: number;
  /** Number of voters who signed. */
  readonly signatures: number;
  readonly boxHash: string;
  /** In ascending order of receipt. */
  readonly ballots: readonly string[];
  /** Null until the box was opened, and for ever when it stays closed. */
  readonly result: Tally | null;
  readonly invalidBallots: readonly InvalidBallot[];
}

/** Why a text is no record. `record-not-canonical`: other bytes than encodeRecord would write. */
export type RecordProblem = 'record-not-json' | 'record-version' | 'record-member' | 'record-not-canonical';

/** The verdict of parseRecord; `member` names the member at fault. */
export type ParsedRecord =
  | { readonly ok: true; readonly record: ElectionRecord }
  | { readonly ok: false; readonly reason: RecordProblem; readonly member?: string };

type Check = (value: unknown) => boolean;

/** The one text of a record: compact JSON (RFC 8259), members in the order of the interfaces. */
export function encodeRecord(record: ElectionRecord): string {
  const { votix, kind, definition, publicKey, fingerprint, opensAt, closesAt, sealedAt } = record;
  const { registered, signatures, boxHash, ballots, result, invalidBallots } = record;
  const election = { votix, kind, definition, publicKey, fingerprint, opensAt, closesAt, sealedAt };
  const head = { ...election, registered, signatures, boxHash };
  const invalid = invalidBallots.map(({ receipt, reason }) => ({ receipt, reason }));
  return JSON.stringify({ ...head, ballots, result: result && inOrder(result), invalidBallots: invalid });
}

/** Reads a record's text: shapes only, strictly (unknown members, other orders and spellings refused). Total. */
export function parseRecord(text: unknown): ParsedRecord {
  const value = typeof text === 'string' ? parseJson(text) : undefined;
  if (!isObject(value)) return { ok: false, reason: 'record-not-json' };
  if (value['votix'] !== 1 || value['kind'] !== 'record') return { ok: false, reason: 'record-version' };
  const fault = MEMBERS.find(([member, check]) => !check(value[member]));
  if (fault !== undefined) return { ok: false, reason: 'record-member', member: fault[0] };
  const record = value as unknown as ElectionRecord;
  return encodeRecord(record) === text ? { ok: true, record } : { ok: false, reason: 'record-not-canonical' };
}

const MEMBERS: readonly (readonly [string, Check])[] = [
  ['definition', isString],
  ['publicKey', isString],
  ['fingerprint', isString],
  ['opensAt', isCount],
  ['closesAt', isCount],
  ['sealedAt', isCount],
  ['registered', isCount],
  ['signatures', isCount],
  ['boxHash', isString],
  ['ballots', (value) => Array.isArray(value) && value.every(isString)],
  ['result', (value) => value === null || isTallyShape(value)],
  ['invalidBallots', (value) => Array.isArray(value) && value.every(isInvalidBallot)],
];

function inOrder({ ballots, valid, invalid, contests }: Tally): Tally {
  const ordered = contests.map(({ contest, votes, blank }) => ({ contest, votes, blank }));
  return { ballots, valid, invalid, contests: ordered };
}

/** Shape only; whether it fits the definition is verifyRecord's question. */
function isTallyShape(value: unknown): boolean {
  if (!isObject(value) || !Array.isArray(value['contests'])) return false;
  return [value['ballots'], value['valid'], value['invalid']].every(isCount) && value['contests'].every(isContestTally);
}

function isContestTally(value: unknown): boolean {
  if (!isObject(value) || !Array.isArray(value['votes'])) return false;
  return isString(value['contest']) && isCount(value['blank']) && value['votes'].every(isCount);
}

function isInvalidBallot(value: unknown): boolean {
  return isObject(value) && isString(value['receipt']) && isString(value['reason']);
}

function isString(value: unknown): boolean {
  return typeof value === 'string';
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
