// A registrar's file: every voter's secret credential and those of the reserve, under a passphrase. Specification: "Registrar's
// file".

import { hasExactly } from '../encoding/json.ts';
import { parseCredential } from './credential.ts';
import type { GroupName } from './group.ts';
import { findGroup } from './groups.ts';
import { openUnderPassphrase, type PassphraseProblem, sealUnderPassphrase } from './passphrase-file.ts';
import { readList } from './reading.ts';
import { parseStrictJson } from './strict-json.ts';

/** A voter as the letter names them, and their secret credential. */
export interface RegisteredVoter {
  /** As the server names them. */
  readonly id: string;
  readonly lastName: string;
  readonly firstName: string;
  readonly email: string;
  readonly promotion: string;
  readonly building: string;
  readonly credential: string;
}

/** What a registrar keeps. */
export interface RegistrarFile {
  readonly group: GroupName;
  /** The election's name in the archive. */
  readonly uuid: string;
  /** 32 hex digits, drawn for this list: another one was handed in if the server names another. */
  readonly attempt: string;
  readonly voters: readonly RegisteredVoter[];
  /** Number 1 is the first. */
  readonly reserve: readonly string[];
}

const LENGTH_LIMIT = 100_000_000;
const FIELDS = ['id', 'lastName', 'firstName', 'email', 'promotion', 'building', 'credential'] as const;

/** The file's text. Every call gives another one. */
export function sealRegistrarFile(file: RegistrarFile, passphrase: string): Promise<string> {
  const { group, uuid, attempt, reserve } = file;
  const voters = file.voters.map((voter) => FIELDS.map((field) => voter[field]));
  return sealUnderPassphrase(
    JSON.stringify({ votix: 1, kind: 'registrar', group, uuid, attempt, voters, reserve }),
    passphrase,
  );
}

/** What a registrar's file holds. */
export async function openRegistrarFile(
  text: string,
  passphrase: string,
): Promise<
  { readonly ok: true; readonly file: RegistrarFile } | { readonly ok: false; readonly reason: PassphraseProblem }
> {
  const opened = await openUnderPassphrase(text, passphrase, LENGTH_LIMIT);
  if (!opened.ok) return opened;
  const file = parseRegistrarFile(opened.text);
  return file === undefined ? { ok: false, reason: 'malformed-key-file' } : { ok: true, file };
}

/** What stands inside, once it is open. */
export function parseRegistrarFile(text: string): RegistrarFile | undefined {
  const parsed = parseStrictJson(text);
  const value = parsed.ok ? parsed.value : undefined;
  if (!hasExactly(value, ['votix', 'kind', 'group', 'uuid', 'attempt', 'voters', 'reserve'])) return undefined;
  const group = findGroup(value['group']);
  const { uuid, attempt } = value;
  if (value['votix'] !== 1 || value['kind'] !== 'registrar' || group === undefined) return undefined;
  if (typeof uuid !== 'string' || typeof attempt !== 'string') return undefined;
  const voters = readList(value['voters'], parseVoter);
  const reserve = readList(value['reserve'], parseWritten);
  return voters && reserve && { group: group.name, uuid, attempt, voters, reserve };
}

function parseVoter(value: unknown): RegisteredVoter | undefined {
  const cells = readList(value, (cell) => (typeof cell === 'string' ? cell : undefined));
  if (cells?.length !== FIELDS.length || parseWritten(cells.at(-1)) === undefined) return undefined;
  return Object.fromEntries(FIELDS.map((field, index) => [field, cells[index]])) as unknown as RegisteredVoter;
}

/** A credential exactly as it is made, in its groups. */
const parseWritten = (value: unknown): string | undefined =>
  typeof value === 'string' && parseCredential(value) === value ? value : undefined;
