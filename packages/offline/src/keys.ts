// `votix-offline keys generate` makes a key and its file; `keys check` proves that a key file and a passphrase fit.

import { makeKeyPair, makePassphrase, provePossession, sealKeyFile } from '@votix/protocol';
import { readKeyFile, writeKeyFile } from './files.ts';
import { type Outcome, refuse } from './outcome.ts';
import type { PassphraseSource } from './passphrase.ts';
import { grouped, printable } from './printable.ts';
import { unlock } from './unlock.ts';

interface KeyPath {
  readonly key: string;
}

/** The one command that prints a secret: there is nobody else to show the passphrase to. */
export async function generateKey({ key: path }: KeyPath): Promise<Outcome> {
  const passphrase = makePassphrase();
  const { privateKey, fingerprint } = await makeKeyPair();
  const keyFile = await sealKeyFile(privateKey, passphrase);
  const possession = await provePossession({ keyFile, passphrase, fingerprint });
  if (!possession.ok) throw new Error(`the new key file is not usable: ${possession.reason}`);
  const written = await writeKeyFile(path, keyFile);
  if (!written.ok) return refuse(written);
  return {
    exitCode: 0,
    lines: [
      `The key file is ${printable(path)}. Its passphrase, shown now and never again:`,
      '',
      `  ${passphrase}`,
      '',
      `Fingerprint, to compare when the election is armed: ${grouped(fingerprint)}`,
      'Write the passphrase down and keep it away from the file. Without both, nobody can ever open the ballot box.',
    ],
    answer: { ok: true, file: path, fingerprint, passphrase },
  };
}

export async function checkKey({ key: path }: KeyPath, source: PassphraseSource): Promise<Outcome> {
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
