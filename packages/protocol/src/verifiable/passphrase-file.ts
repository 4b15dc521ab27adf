// A text under a passphrase, as a file that somebody keeps: a JWE (RFC 7516) with PBES2 (RFC 7518 §4.8). Specification:
// "Trustee's key file".

import { JOSEError, JWEDecryptionFailed } from 'jose/errors';
import { compactDecrypt } from 'jose/jwe/compact/decrypt';
import { CompactEncrypt } from 'jose/jwe/compact/encrypt';
import { parseUtf8, utf8 } from '../encoding/bytes.ts';

const ALGORITHM = 'PBES2-HS512+A256KW';
const ITERATIONS = 600_000;
const MOST_ITERATIONS = 10_000_000;

/** `malformed-key-file`: no such JWE, also one cut short; `wrong-passphrase`: what decrypts is not what was encrypted. */
export type PassphraseProblem = 'malformed-key-file' | 'wrong-passphrase';

/** Every call gives another text. */
export function sealUnderPassphrase(text: string, passphrase: string): Promise<string> {
  return new CompactEncrypt(utf8(text))
    .setProtectedHeader({ alg: ALGORITHM, enc: 'A256GCM' })
    .setKeyManagementParameters({ p2c: ITERATIONS })
    .encrypt(utf8(passphrase));
}

/** White space around it is forgiven: files travel by mail. `limit` in characters. */
export async function openUnderPassphrase(
  text: string,
  passphrase: string,
  limit: number,
): Promise<{ readonly ok: true; readonly text: string } | { readonly ok: false; readonly reason: PassphraseProblem }> {
  const compact = text.trim();
  const isOne = compact.length <= limit && /^[\w-]+(?:\.[\w-]+){4}$/.test(compact);
  if (!isOne) return { ok: false, reason: 'malformed-key-file' };
  try {
    const { plaintext } = await compactDecrypt(compact, utf8(passphrase), {
      keyManagementAlgorithms: [ALGORITHM],
      contentEncryptionAlgorithms: ['A256GCM'],
      maxPBES2Count: MOST_ITERATIONS,
    });
    return { ok: true, text: parseUtf8(new Uint8Array(plaintext)) ?? '' };
  } catch (error) {
    if (error instanceof JWEDecryptionFailed) return { ok: false, reason: 'wrong-passphrase' };
    if (error instanceof JOSEError) return { ok: false, reason: 'malformed-key-file' };
    throw error;
  }
}
