// Key file and passphrase, or shares of it → the private key, after the proof that they belong together. Specification: "Key
// file", "Possession", "Split passphrase".

import {
  combineShares,
  type CryptoKey,
  type KeyFileFault,
  openKeyFile,
  parsePassphrase,
  parseShare,
  provePossession,
} from '@votix/protocol';
import type { Refusal } from './outcome.ts';
import type { PassphraseSource } from './passphrase.ts';

export type Unlocked =
  | { readonly ok: true; readonly privateKey: CryptoKey; readonly publicKeyPem: string; readonly fingerprint: string }
  | Refusal;

/** `expected` is the fingerprint of the election's key, if known. */
export async function unlock(keyFile: string, source: PassphraseSource, expected?: string): Promise<Unlocked> {
  try {
    return await askAndTry(keyFile, source, expected);
  } finally {
    source.close();
  }
}

/** Asks until the passphrase fits or the tries are used up. */
async function askAndTry(keyFile: string, source: PassphraseSource, expected: string | undefined): Promise<Unlocked> {
  for (let left = source.tries; ; left -= 1) {
    const typed = await source.ask('Passphrase of the key file, or a share of it');
    if (typed === undefined || typed === '') return refusal('no-passphrase');
    if (isShare(typed)) return tryShares(keyFile, source, { first: typed, expected });
    const unlocked = await tryPassphrase(keyFile, typed, expected);
    if (unlocked.ok || left <= 1 || !isTypingMistake(unlocked)) return unlocked;
    source.say(unlocked.sentence);
  }
}

/** Longer than a passphrase and of its letters, even if mistyped. */
function isShare(typed: string): boolean {
  const parsed = parseShare(typed);
  return parsed.ok || parsed.reason !== 'malformed-share';
}

/** Asks for as many shares as they say are needed; a person may type one again that was wrong. */
async function tryShares(
  keyFile: string,
  source: PassphraseSource,
  { first, expected }: { readonly first: string; readonly expected: string | undefined },
): Promise<Unlocked> {
  const given: string[] = [];
  let left = source.tries;
  for (let typed: string | undefined = first; ;) {
    const combined = await combineShares([...given, typed], { fingerprint: expected });
    if (combined.ok) return asOfShares(await tryPassphrase(keyFile, combined.passphrase, expected));
    if (combined.reason === 'too-few-shares') given.push(typed);
    else if (combined.reason === 'shares-do-not-fit' || left-- <= 1) return refusal(combined.reason);
    else source.say(PROBLEMS[combined.reason][1]);
    const needed = combined.reason === 'too-few-shares' ? ` of ${combined.needed}` : '';
    typed = await source.ask(`Share ${given.length + 1}${needed}`);
    if (typed === undefined || typed === '') return refusal('too-few-shares');
  }
}

/** The shares were made together, so a passphrase that does not open the file means another file. */
const asOfShares = (unlocked: Unlocked): Unlocked =>
  !unlocked.ok && unlocked.reason === 'wrong-passphrase' ? refusal('other-file') : unlocked;

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
  'malformed-share': [1, 'A share has 40 letters and digits; check that none is missing.'],
  'mistyped-share': [1, 'A letter or digit of this share is wrong; compare each group with the sheet.'],
  'unsupported-share': [1, 'This share was made by another version of Votix; use the votix-offline of that version.'],
  'share-of-other-key': [
    1,
    "This share belongs to another key; take the sheet made when the record's election was armed.",
  ],
  'share-of-other-split': [1, 'This share was not made together with the others; take the sheets of one arming.'],
  'share-given-twice': [1, 'This share was given already; another holder gives theirs.'],
  'too-few-shares': [2, 'Not enough shares were given; give as many as the sheets say are needed, one a line.'],
  'shares-do-not-fit': [1, 'These shares do not fit together; check each of them against its sheet.'],
  'other-file': [1, 'The shares fit each other, but do not open this file; take the key file made with them.'],
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
