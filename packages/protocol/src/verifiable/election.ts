// The election: its exact text, its fingerprint φ, its group and key. Specification: "Election".

import { encodeBase64 } from '../encoding/base64.ts';
import { sha256Bytes, utf8 } from '../encoding/bytes.ts';
import type { Element, Group, GroupName } from './group.ts';
import { findGroup } from './groups.ts';
import { type Question, encodeQuestion, parseQuestion } from './question.ts';
import { type Unknowns, readList, readObject, readText } from './reading.ts';
import { parseStrictJson } from './strict-json.ts';

/** An election as its text has it. `uuid` has at least 14 characters of base 58. */
export interface Election {
  readonly uuid: string;
  readonly name: string;
  readonly description: string;
  readonly group: GroupName;
  /** The text of y. */
  readonly publicKey: string;
  readonly questions: readonly Question[];
  readonly administrator?: string;
  readonly credentialAuthority?: string;
}

/** What making and checking ballots of one election take. */
export interface ElectionContext {
  readonly election: Election;
  /** φ. */
  readonly fingerprint: string;
  readonly group: Group;
  /** y, prepared. */
  readonly key: Element;
}

/** Why a text is no election that can be checked here: the part at fault. */
export type ElectionProblem =
  'election-malformed' | 'election-version' | 'election-group' | 'election-question-unsupported' | 'election-key';

const UUID = /^[1-9A-HJ-NP-Za-km-z]{14,}$/;
const QUESTIONS_LIMIT = 100;

/** The one text of an election of ours. */
export function encodeElection(election: Election): string {
  const { description, name, group, publicKey, questions, uuid, administrator, credentialAuthority } = election;
  return JSON.stringify({
    version: 1,
    description,
    name,
    group,
    public_key: publicKey,
    questions: questions.map(encodeQuestion),
    uuid,
    ...(administrator !== undefined && { administrator }),
    ...(credentialAuthority !== undefined && { credential_authority: credentialAuthority }),
  });
}

/**
 * Reads an election's text; the context hashes the exact text, never a re-serialisation. Who only checks gives
 * `findVerifyingGroup`, which is faster.
 */
export function readElection(
  text: string,
  unknowns: Unknowns = new Set(),
  find: (name: unknown) => Group | undefined = findGroup,
): { readonly ok: true; readonly context: ElectionContext } | { readonly ok: false; readonly reason: ElectionProblem } {
  const parsed = parseStrictJson(text);
  const object = parsed.ok
    ? readObject(parsed.value, { what: 'election', members: MEMBERS, optional: OPTIONAL }, unknowns)
    : undefined;
  if (object === undefined) return { ok: false, reason: 'election-malformed' };
  if (object['version'] !== 1) return { ok: false, reason: 'election-version' };
  const group = find(object['group']);
  if (group === undefined) return { ok: false, reason: 'election-group' };
  const questions = readList(object['questions'], (one) => parseQuestion(one, unknowns), { most: QUESTIONS_LIMIT });
  if (questions?.includes('unsupported') === true) return { ok: false, reason: 'election-question-unsupported' };
  const texts = readTexts(object);
  if (questions === undefined || questions.includes('malformed') || texts === undefined) {
    return { ok: false, reason: 'election-malformed' };
  }
  const key = group.parse(object['public_key']);
  if (key === undefined || key.isIdentity) return { ok: false, reason: 'election-key' };
  const election = { ...texts, group: group.name, questions: questions as readonly Question[] };
  return { ok: true, context: { election, fingerprint: fingerprintOf(text), group, key: group.prepare(key) } };
}

const MEMBERS = ['version', 'description', 'name', 'group', 'public_key', 'questions', 'uuid'];
const OPTIONAL = ['administrator', 'credential_authority'];

function readTexts(object: Readonly<Record<string, unknown>>): Omit<Election, 'group' | 'questions'> | undefined {
  const [uuid, name, description, publicKey] = ['uuid', 'name', 'description', 'public_key'].map((member) =>
    readText(object[member]),
  );
  const [administrator, credentialAuthority] = OPTIONAL.map((member) => object[member]);
  if (uuid === undefined || !UUID.test(uuid) || name === undefined) return undefined;
  if (description === undefined || publicKey === undefined) return undefined;
  if (![administrator, credentialAuthority].every((one) => one === undefined || typeof one === 'string')) {
    return undefined;
  }
  return {
    uuid,
    name,
    description,
    publicKey,
    ...(typeof administrator === 'string' && { administrator }),
    ...(typeof credentialAuthority === 'string' && { credentialAuthority }),
  };
}

/** Standard base64 without padding of SHA-256 of a text: φ of an election, hash and tracker of a ballot. 43 characters. */
export function fingerprintOf(text: string): string {
  return encodeBase64(sha256Bytes(utf8(text))).replace('=', '');
}
