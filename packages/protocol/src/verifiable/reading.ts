// Readers of parsed JSON: objects with the members we know, lists, integers. Members we don't know are allowed outside
// ballots, and collected so that a report can name them.

import { type JsonObject, isObject } from '../encoding/json.ts';

/** What one pass over an archive collects: names of members that this version does not know, as `object.member`. */
export type Unknowns = Set<string>;

/** An object that has all of `members`; others than these and `optional` ones are noted. */
export function readObject(
  value: unknown,
  o: { readonly what: string; readonly members: readonly string[]; readonly optional?: readonly string[] },
  unknowns: Unknowns,
): JsonObject | undefined {
  if (!isObject(value) || !o.members.every((member) => Object.hasOwn(value, member))) return undefined;
  for (const member of Object.keys(value)) {
    if (!o.members.includes(member) && !o.optional?.includes(member)) unknowns.add(`${o.what}.${member}`);
  }
  return value;
}

/** A list each of whose items can be read; undefined when one can't, or when there are too few or too many. */
export function readList<T>(
  value: unknown,
  read: (item: unknown, index: number) => T | undefined,
  { least = 0, most = Infinity }: { readonly least?: number; readonly most?: number } = {},
): readonly T[] | undefined {
  if (!Array.isArray(value) || value.length < least || value.length > most) return undefined;
  return allOf(value as readonly unknown[], read);
}

/** What is read from each item, undefined when one can't be read; what comes after that one is not looked at. */
export function allOf<S, T>(
  items: readonly S[],
  read: (item: S, index: number) => T | undefined,
): readonly T[] | undefined {
  const found: T[] = [];
  for (const [index, item] of items.entries()) {
    const one = read(item, index);
    if (one === undefined) return undefined;
    found.push(one);
  }
  return found;
}

/** A text, whatever stands in it. */
export function readText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A whole number from `least` to `most` that JSON's numbers hold exactly. */
export function readInteger(value: unknown, least: number, most = Number.MAX_SAFE_INTEGER): number | undefined {
  return Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most
    ? (value as number)
    : undefined;
}

/** A weight or a sum of weights: a number, or decimal text when the writer found it too large for a number. */
export function readWeight(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^(?:0|[1-9][0-9]{0,15})$/.test(value) ? Number(value) : value;
  return readInteger(number, 0);
}
