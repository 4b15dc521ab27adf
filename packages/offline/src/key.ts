// `votix-offline key`: proves that a key file and a passphrase fit, and prints the fingerprint to compare.

import { readKeyFile } from './files.ts';
import { type Outcome, refuse } from './outcome.ts';
import type { PassphraseSource } from './passphrase.ts';
import { grouped } from './printable.ts';
import { unlock } from './unlock.ts';

export async function key({ key: path }: { readonly key: string }, source: PassphraseSource): Promise<Outcome> {
  const file = await readKeyFile(path);
  if (!file.ok) return refuse(file);
  const unlocked = await unlock(file.text, source);
  if (!unlocked.ok) return refuse(unlocked);
  const { fingerprint } = unlocked;
  return {
    exitCode: 0,
    lines: [
      'The passphrase opens the key file, and the key decrypts what is encrypted to it.',
      `Fingerprint, to compare with the election's: ${grouped(fingerprint)}`,
    ],
    answer: { ok: true, fingerprint },
  };
}
