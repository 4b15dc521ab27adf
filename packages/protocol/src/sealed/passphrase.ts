// The one-time passphrase of a key file. Shown once, typed back, never stored. Specification: "Passphrase".

import { inGroups, parseCrockford, randomCrockford } from '../encoding/crockford.ts';

const PASSPHRASE_CHARACTERS = 28;

/** A new passphrase: 28 random characters (140 bits) in seven groups of four joined by "-". Exactly what openssl is given. */
export function makePassphrase(): string {
  return inGroups(randomCrockford(PASSPHRASE_CHARACTERS), 4, '-');
}

/** A passphrase as a person types it (spaces, dashes, lower case, O for 0, I and L for 1), in the form makePassphrase gives. */
export function parsePassphrase(
  typed: unknown,
):
  { readonly ok: true; readonly passphrase: string } | { readonly ok: false; readonly reason: 'malformed-passphrase' } {
  const characters = parseCrockford(typed, PASSPHRASE_CHARACTERS);
  if (characters === undefined) return { ok: false, reason: 'malformed-passphrase' };
  return { ok: true, passphrase: inGroups(characters, 4, '-') };
}
