// Key file and passphrase → the private key, after the proof that they belong together. Specification: "Key file", "Possession".

import { type CryptoKey, type KeyFileFault, openKeyFile, parsePassphrase, provePossession } from '@votix/protocol';
import type { Refusal } from './outcome.ts';
import type { PassphraseSource } from './passphrase.ts';

export type Unlocked =
  | { readonly ok: true; readonly privateKey: CryptoKey; readonly publicKeyPem: string; readonly fingerprint: string }
  | Refusal;

/** Asks until the passphrase fits or the tries are used up; `expected` is the fingerprint of the election's key, if known. */
export async function unlock(keyFile: string, source: PassphraseSource, expected?: string): Promise<Unlocked> {
  for (let left = source.tries; ; left -= 1) {
    const typed = await source.ask();
    if (typed === undefined || typed === '') return refusal('no-passphrase');
    const unlocked = await tryPassphrase(keyFile, typed, expected);
    if (unlocked.ok || left <= 1 || !isTypingMistake(unlocked)) return unlocked;
    source.say(unlocked.sentence);
  }
}

async function tryPassphrase(keyFile: string, typed: string, expected: string | undefined): Promise<Unlocked> {
  const parsed = parsePassphrase(typed);
  if (!parsed.ok) return refusal(parsed.reason);
  const { passphrase } = parsed;
  const opened = await openKeyFile(keyFile, passphrase);
  if (!opened.ok) return refusal(opened.reason, opened.fault);
  const { fingerprint } = opened;
  if (expected !== undefined && fingerprint !== expected) return refusal('other-key');
  // Without this challenge, a key that does not decrypt would make every ballot look invalid.
  const proven = await provePossession({ keyFile, passphrase, fingerprint });
  return proven.ok ? opened : refusal(proven.reason, proven.fault);
}

function isTypingMistake({ reason }: Refusal): boolean {
  return reason === 'malformed-passphrase' || reason === 'wrong-passphrase';
}

/** The words of the deliberation page, where it has them. 2: nothing could be tried. */
const PROBLEMS = {
  'no-passphrase': [2, 'No passphrase was given; type it, or give it as the first line of standard input.'],
  'malformed-passphrase': [1, 'The passphrase has 28 letters and digits; check that none is missing.'],
  'wrong-passphrase': [1, 'This passphrase does not open this key file; compare each group with your paper.'],
  'malformed-key-file': [
    2,
    'This is no key file, or it is damaged; take another copy of the file named votix-key….pem.',
  ],
  'unsupported-key-file': [2, 'This key file was changed by another program; take the file exactly as Votix gave it.'],
  'other-key': [1, "This is the key of another election; take the file saved when the record's election was armed."],
  'challenge-failed': [
    1,
    'The key in this file does not decrypt what is encrypted to it; take another copy of the file.',
  ],
} as const;

function refusal(reason: keyof typeof PROBLEMS, fault?: KeyFileFault): Refusal {
  const [exitCode, sentence] = PROBLEMS[reason];
  const place = fault === undefined || reason === 'wrong-passphrase' ? '' : ` (${fault})`;
  return { ok: false, exitCode, reason, sentence: `${sentence}${place}` };
}
