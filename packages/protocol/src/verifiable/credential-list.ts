// The public credentials of an election, each with its weight: who may vote, and how much a vote counts. Specification:
// "Credentials". credential.ts makes the secret ones.

import type { Group } from './group.ts';
import { readList, readWeight } from './reading.ts';
import { parseStrictJson } from './strict-json.ts';

/** Text of a public credential → weight. */
export type CredentialList = ReadonlyMap<string, number>;

/** Why a text is no list: not JSON texts and weights; no element, or the identity; one that stands there before. */
export type CredentialListProblem = 'credentials-malformed' | 'credential-element' | 'credential-twice';

/** `at` counts the credentials from 0. */
export type ReadCredentials =
  | { readonly ok: true; readonly credentials: CredentialList }
  | { readonly ok: false; readonly reason: CredentialListProblem; readonly at?: number };

const WEIGHTED = /^([^,]+),([1-9][0-9]{0,15})$/;

/** The list as JSON, sorted: in what order, the specification of each group says. Weights are written when `weighted`. */
export function encodeCredentials(
  group: Group,
  credentials: readonly { readonly publicCredential: string; readonly weight: number }[],
  weighted: boolean,
): string {
  const elements = credentials.map((one) => ({ ...one, element: group.parse(one.publicCredential)! }));
  const sorted = elements.toSorted((a, b) => group.compare(a.element, b.element));
  return JSON.stringify(
    sorted.map(({ publicCredential, weight }) => (weighted ? `${publicCredential},${weight}` : publicCredential)),
  );
}

/** Each is an element of the group that no other one equals; in any order. */
export function readCredentials(group: Group, text: string): ReadCredentials {
  const parsed = parseStrictJson(text);
  const list = parsed.ok ? readList(parsed.value, splitWeight) : undefined;
  if (list === undefined) return { ok: false, reason: 'credentials-malformed' };
  const credentials = new Map<string, number>();
  for (const [at, { publicCredential, weight }] of list.entries()) {
    const element = group.parse(publicCredential);
    if (element === undefined || element.isIdentity) return { ok: false, reason: 'credential-element', at };
    if (credentials.has(publicCredential)) return { ok: false, reason: 'credential-twice', at };
    credentials.set(publicCredential, weight);
  }
  return { ok: true, credentials };
}

function splitWeight(item: unknown): { readonly publicCredential: string; readonly weight: number } | undefined {
  if (typeof item !== 'string') return undefined;
  const [, publicCredential, digits] = WEIGHTED.exec(item) ?? [];
  if (publicCredential === undefined) return { publicCredential: item, weight: 1 };
  const weight = readWeight(digits);
  return weight === undefined ? undefined : { publicCredential, weight };
}
