// Shares of a split passphrase, as their holders type them into the fields of a page; empty fields are no shares yet.
import { combineShares, type SharesProblem } from '@votix/protocol';

export interface KeyShares {
  readonly holders: number;
  readonly needed: number;
  /** SHA-256 of each share, in the order of the holders. */
  readonly hashes: readonly string[];
}

export interface WantedShares {
  readonly fingerprint: string;
  readonly hashes: readonly string[];
  /** How many must be given: all of them when the key is armed, those that open it later. */
  readonly wanted: number;
}

export type Combined =
  { readonly ok: true; readonly passphrase: string } | { readonly ok: false; readonly problem: SharesProblem };

/** The passphrase, or what is wrong with which field; what is typed is judged before a missing share is. */
export async function combineTyped(
  typed: readonly string[],
  { fingerprint, hashes, wanted }: WantedShares,
): Promise<Combined> {
  const places = [...typed.keys()].filter((place) => typed[place]?.trim() !== '');
  const given = places.map((place) => typed[place]!);
  const combined = await combineShares(given, { fingerprint, hashes });
  if (!combined.ok && 'at' in combined) {
    return { ok: false, problem: { reason: combined.reason, at: places[combined.at]! } };
  }
  if (given.length < wanted)
    return { ok: false, problem: { reason: 'too-few-shares', given: given.length, needed: wanted } };
  return combined.ok ? combined : { ok: false, problem: combined };
}

export function replaced(typed: readonly string[], at: number, text: string): readonly string[] {
  return typed.map((former, place) => (place === at ? text : former));
}

export function emptyFields(count: number): readonly string[] {
  return Array.from({ length: count }, () => '');
}

/** The field to look at: the one at fault, or the first that is still empty. */
export function fieldOf(problem: SharesProblem, typed: readonly string[]): string {
  const at =
    'at' in problem
      ? problem.at
      : Math.max(
          0,
          typed.findIndex((text) => text.trim() === ''),
        );
  return `share-${at}`;
}
