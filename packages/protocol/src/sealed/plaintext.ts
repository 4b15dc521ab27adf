// What is encrypted: selections in fixed-width fields, of one length per definition. Specification: "Plaintext".
// version (1 byte, 1) then per contest: number of choices (1 byte), maxChoices fields of 2 bytes, big-endian, 0xFFFF unused.

import { assert } from '../assert.ts';
import type { Definition } from '../definition.ts';
import { type Selection, type SelectionProblem, type Selections, checkSelections } from '../selection.ts';
import type { Bytes } from '../encoding/bytes.ts';

/** Why decrypted bytes are no valid vote. */
export type PlaintextProblem = 'malformed-plaintext' | 'bad-padding' | SelectionProblem;

const VERSION = 1;
const UNUSED = 0xffff;

/** Length in bytes, the same for every ballot of a definition: 1 + Σ (1 + 2·maxChoices). */
export function plaintextLength(definition: Definition): number {
  return definition.contests.reduce((length, { maxChoices }) => length + 1 + 2 * maxChoices, 1);
}

/** The plaintext of valid selections. */
export function encodePlaintext(definition: Definition, selections: Selections): Bytes {
  const bytes = definition.contests.flatMap(({ maxChoices }, index) => {
    const selection = selections[index]!;
    const fields = Array.from({ length: maxChoices }, (_, i) => selection[i] ?? UNUSED);
    return [selection.length, ...fields.flatMap((field) => [field >>> 8, field & 0xff])];
  });
  assert(bytes.length + 1 === plaintextLength(definition), 'a plaintext has one length per definition');
  return Uint8Array.of(VERSION, ...bytes);
}

/** Reads a plaintext: exact length, version, counts, padding, then the contests' rules. Total. */
export function parsePlaintext(
  definition: Definition,
  bytes: Bytes,
):
  | { readonly ok: true; readonly selections: Selections }
  | { readonly ok: false; readonly reason: PlaintextProblem; readonly contest?: number } {
  if (bytes.length !== plaintextLength(definition) || bytes[0] !== VERSION) {
    return { ok: false, reason: 'malformed-plaintext' };
  }
  const selections: Selection[] = [];
  let at = 1;
  for (const [contest, { maxChoices }] of definition.contests.entries()) {
    const fields = Array.from({ length: maxChoices }, (_, i) => bytes[at + 1 + 2 * i]! * 256 + bytes[at + 2 + 2 * i]!);
    const count = bytes[at]!;
    if (count > maxChoices) return { ok: false, reason: 'malformed-plaintext', contest };
    if (fields.slice(count).some((field) => field !== UNUSED)) return { ok: false, reason: 'bad-padding', contest };
    selections.push(fields.slice(0, count));
    at += 1 + 2 * maxChoices;
  }
  const check = checkSelections(definition, selections);
  return check.ok ? { ok: true, selections } : check;
}
