// Proves possession with what the holders gave back, on this machine alone: nothing secret ever leaves it.
import { openKeyFile, provePossession } from '@votix/protocol';
import { combineTyped } from '../page/shares.ts';
import type { Given, KeysEvent, ProofProblem, PublicPart } from './state.ts';

export interface ProofAsked {
  readonly keyFile: string;
  readonly given: Given;
  /** The key that it must be; null for one that was made elsewhere and is armed now. */
  readonly expected: PublicPart | null;
  /** Of a split passphrase, how many shares must be given; every share that is given is tried. */
  readonly wanted: number;
}

export type Proof = Extract<KeysEvent, { type: 'proven' | 'shares-refused' | 'not-proven' }>;

export async function proveKey(asked: ProofAsked): Promise<Proof> {
  try {
    const passphrase = await passphraseOf(asked);
    return typeof passphrase === 'string' ? await proven(asked, passphrase) : passphrase;
  } catch {
    return { type: 'not-proven', problem: 'challenge-failed' }; // the browser's own cryptography refused
  }
}

async function passphraseOf({ given, expected, wanted }: ProofAsked): Promise<string | Proof> {
  if (given.kind === 'passphrase') return given.passphrase;
  const { hashes } = expected!.keyShares!;
  const combined = await combineTyped(given.typed, { fingerprint: expected!.fingerprint, hashes, wanted });
  return combined.ok ? combined.passphrase : { type: 'shares-refused', problem: combined.problem };
}

async function proven({ keyFile, given, expected }: ProofAsked, passphrase: string): Promise<Proof> {
  const publicPart = expected ?? (await publicPartIn(keyFile, passphrase));
  if (typeof publicPart === 'string') return { type: 'not-proven', problem: publicPart };
  const possession = await provePossession({ keyFile, passphrase, fingerprint: publicPart.fingerprint });
  if (possession.ok) return { type: 'proven', publicPart };
  const isOtherFile = given.kind === 'shares' && possession.reason === 'wrong-passphrase';
  return { type: 'not-proven', problem: isOtherFile ? 'other-file' : possession.reason };
}

/** The public part of a key that was made elsewhere. */
async function publicPartIn(keyFile: string, passphrase: string): Promise<PublicPart | ProofProblem> {
  const opened = await openKeyFile(keyFile, passphrase);
  if (!opened.ok) return opened.reason;
  return { publicKeyPem: opened.publicKeyPem, fingerprint: opened.fingerprint, keyShares: null };
}
