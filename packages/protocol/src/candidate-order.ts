// The order of candidates on the ballot, from the rule that arming froze. Specification: "Order of candidates".
// Anyone gets the same order from the definition alone: no locale, no clock, no chance beyond the published seed.

import { compareBytes, sha256Hex, utf8 } from './encoding/bytes.ts';
import type { Candidate, Contest } from './definition.ts';

/** What a contest says of its order: `fixed` by hand, `alphabetical`, or `drawn` with `seed` (64 hexadecimal digits; else ''). */
export type OrderRule = Pick<Contest, 'order' | 'seed'>;

/** Letters that Unicode does not decompose, as people look them up in a list. */
const SPELLED: Readonly<Record<string, string>> = {
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ß: 'ss',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
};

/** Candidates as the rule orders them; `fixed` keeps the order given. The result depends on the set only, unless fixed. */
export function orderCandidates<T extends Candidate>(rule: OrderRule, candidates: readonly T[]): readonly T[] {
  if (rule.order === 'fixed') return candidates;
  const keyOf = rule.order === 'drawn' ? (candidate: Candidate) => drawKey(rule.seed, candidate) : nameKeys;
  return candidates
    .map((candidate) => ({ candidate, keys: keyOf(candidate) }))
    .toSorted((a, b) => compareKeys(a.keys, b.keys))
    .map(({ candidate }) => candidate);
}

/** Whether a contest lists its candidates in the order of its rule. */
export function isInOrder(contest: Contest): boolean {
  return orderCandidates(contest, contest.candidates).every((candidate, i) => candidate === contest.candidates[i]);
}

/** Drawn: SHA-256("votix-order" ‖ 0A ‖ seed ‖ 0A ‖ candidate id), ascending. */
function drawKey(seed: string, { id }: Candidate): readonly string[] {
  return [sha256Hex(utf8(`votix-order\n${seed}\n${id}`))];
}

/** Alphabetical: the folded name first; equal ones by the name as written, then by id. */
function nameKeys({ id, name }: Candidate): readonly string[] {
  return [foldName(name), name, id];
}

/** A name as it is looked up: no accents or case, ligatures spelled out, runs of anything but letters and digits one space. */
function foldName(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const spelled = plain.replace(/[æœøßłđðþ]/g, (letter) => SPELLED[letter] ?? letter);
  return spelled.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

function compareKeys(a: readonly string[], b: readonly string[]): number {
  for (const [i, key] of a.entries()) {
    const order = compareTexts(key, b[i]!);
    if (order !== 0) return order;
  }
  return 0;
}

/** By code points, which is the order of UTF-8 bytes (a prefix comes first). */
function compareTexts(a: string, b: string): number {
  const [left, right] = [utf8(a), utf8(b)];
  const shared = Math.min(left.length, right.length);
  return compareBytes(left.subarray(0, shared), right.subarray(0, shared)) || left.length - right.length;
}
