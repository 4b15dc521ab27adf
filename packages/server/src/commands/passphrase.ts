// The passphrase around the secret of an archive: typed without echo, or the first line of standard input.

import { shortestPassphrase } from '../backup/sealed-secret.ts';
import { readHiddenLine, readPipedLine } from './typed-password.ts';

const read = (question: string): Promise<string | undefined> =>
  process.stdin.isTTY ? readHiddenLine(question) : readPipedLine();

export const askPassphrase = async (): Promise<string> => (await read('Passphrase of the archive: ')) ?? '';

export type NewPassphrase =
  { readonly ok: true; readonly passphrase: string } | { readonly ok: false; readonly sentence: string };

/** Typed twice by a person, once by a program. */
export async function askNewPassphrase(): Promise<NewPassphrase> {
  const passphrase = (await read('New passphrase: ')) ?? '';
  if (passphrase.length < shortestPassphrase)
    return {
      ok: false,
      sentence: `The passphrase needs ${shortestPassphrase} characters or more. Nothing was written.`,
    };
  if (process.stdin.isTTY && (await read('The same again: ')) !== passphrase)
    return { ok: false, sentence: 'These are two different passphrases. Nothing was written.' };
  return { ok: true, passphrase };
}
