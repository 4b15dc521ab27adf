// A trustee's key file: opened with its passphrase, written anew, or made for the first time.

import { makePassphrase, parsePassphrase } from '@votix/protocol';
import { type Group, type TrusteeFile, findGroup, openTrusteeFile, sealTrusteeFile } from '@votix/protocol/verifiable';
import { readSmallFile, replaceFile, writeKeyFile } from './files.ts';
import { type Outcome, type Refusal, refuse } from './outcome.ts';
import type { PassphraseSource } from './passphrase.ts';

export interface OpenedFile {
  readonly ok: true;
  readonly file: TrusteeFile;
  readonly group: Group;
  /** Puts a new content in the place of the old one, under the same passphrase. */
  readonly save: (file: TrusteeFile) => Promise<{ readonly ok: true } | Refusal>;
}

/** Asks until the passphrase fits or the tries are used up. */
export async function openKeyFileOf(path: string, source: PassphraseSource): Promise<OpenedFile | Refusal> {
  const read = await readSmallFile(path);
  if (!read.ok) return read;
  try {
    return await askAndTry(path, read.text, source);
  } finally {
    source.close();
  }
}

async function askAndTry(path: string, text: string, source: PassphraseSource): Promise<OpenedFile | Refusal> {
  for (let left = source.tries; ; left -= 1) {
    const typed = await source.ask("Passphrase of the trustee's key file");
    if (typed === undefined || typed === '') return refusal('no-passphrase');
    const opened = await tryPassphrase(path, text, typed);
    if (opened.ok || left <= 1 || opened.reason === 'malformed-key-file') return opened;
    source.say(opened.sentence);
  }
}

/** Writes a new key file under a new passphrase; `made` is what the person hands over. */
export async function makeKeyFile(o: {
  readonly path: string;
  readonly groupName: string;
  readonly make: (group: Group) => { readonly secret: TrusteeFile['secret']; readonly made: object };
}): Promise<Outcome> {
  const group = findGroup(o.groupName);
  if (group === undefined) return refuse(refusal('unknown-group'));
  const { secret, made } = o.make(group);
  const passphrase = makePassphrase();
  const sealed = await sealTrusteeFile({ group: group.name, secret, signed: [] }, passphrase);
  const written = await writeKeyFile(o.path, `${sealed}\n`);
  if (!written.ok) return refuse(written);
  return {
    exitCode: 0,
    lines: [
      `Passphrase, shown this once; write it down: ${passphrase}`,
      'The key file and the passphrase stay with you. Hand over this line:',
      JSON.stringify(made),
    ],
    answer: { ok: true, passphrase, made },
  };
}

async function tryPassphrase(path: string, text: string, typed: string): Promise<OpenedFile | Refusal> {
  const parsed = parsePassphrase(typed);
  if (!parsed.ok) return refusal(parsed.reason);
  const { passphrase } = parsed;
  const opened = await openTrusteeFile(text, passphrase);
  if (!opened.ok) return refusal(opened.reason);
  const { file } = opened;
  const save = async (next: TrusteeFile) => replaceFile(path, `${await sealTrusteeFile(next, passphrase)}\n`);
  return { ok: true, file, group: findGroup(file.group)!, save };
}

/** 2: nothing could be tried. */
const PROBLEMS = {
  'no-passphrase': [2, 'No passphrase was given; type it, or give it as the first line of standard input.'],
  'malformed-passphrase': [1, 'The passphrase has 28 letters and digits; check that none is missing.'],
  'wrong-passphrase': [1, 'This passphrase does not open this key file; compare each group with your paper.'],
  'malformed-key-file': [2, "This is no trustee's key file, or it is damaged; take another copy of it."],
  'unknown-group': [2, 'There is no such group; leave --group out, or say Ed25519 or BELENIOS-2048.'],
} as const;

function refusal(reason: keyof typeof PROBLEMS): Refusal {
  const [exitCode, sentence] = PROBLEMS[reason];
  return { ok: false, exitCode, reason, sentence };
}
