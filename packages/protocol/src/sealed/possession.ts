// Proof of possession, on the key holder's own machine: the file opens, it holds the election's key, the key decrypts.
// The challenge is made here; nothing that came from elsewhere is ever decrypted. Specification: "Possession".

import { type Bytes, isEqualBytes } from '../encoding/bytes.ts';
import { type KeyFileFault, type KeyFileProblem, type OpenedKeyFile, openKeyFile } from './key-file.ts';
import { importPublicKey, readPublicKey } from './public-key.ts';

/** Why possession is not proven: the file did not open, it holds another key, or the key did not decrypt the challenge. */
export type PossessionProblem = KeyFileProblem | 'other-key' | 'challenge-failed';

/** The verdict; `fault` says where a key file failed. */
export type Possession =
  { readonly ok: true } | { readonly ok: false; readonly reason: PossessionProblem; readonly fault?: KeyFileFault };

/**
 * Opens the key file, compares the fingerprint of the key inside with the election's, and has the private key decrypt
 * 32 random bytes encrypted to the public key (RSA-OAEP, SHA-256).
 */
export async function provePossession(o: {
  readonly keyFile: string;
  readonly passphrase: string;
  readonly fingerprint: string;
}): Promise<Possession> {
  const opened = await openKeyFile(o.keyFile, o.passphrase);
  if (!opened.ok) return opened;
  if (opened.fingerprint !== o.fingerprint) return { ok: false, reason: 'other-key' };
  return (await isChallengeMet(opened)) ? { ok: true } : { ok: false, reason: 'challenge-failed' };
}

async function isChallengeMet({ privateKey, publicKeyPem }: OpenedKeyFile & { readonly ok: true }): Promise<boolean> {
  const read = readPublicKey(publicKeyPem);
  if (!read.ok) return false;
  const challenge = crypto.getRandomValues(new Uint8Array(32));
  const encrypted = await crypto.subtle.encrypt({ name: 'RSA-OAEP' }, await importPublicKey(read.facts), challenge);
  try {
    const answer: Bytes = new Uint8Array(
      await crypto.subtle.decrypt({ name: 'RSA-OAEP' }, privateKey, new Uint8Array(encrypted)),
    );
    return isEqualBytes(answer, challenge);
  } catch {
    return false;
  }
}
