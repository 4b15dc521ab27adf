// The server's secret under a passphrase: JWE with PBES2 (RFC 7518 §4.8), as `jose` makes it.

import { CompactEncrypt, compactDecrypt } from 'jose';

const iterations = 600_000;
/** An archive made elsewhere must not keep us busy for hours. */
const mostIterations = 10_000_000;

export const shortestPassphrase = 12;

export const sealSecret = (secret: string, passphrase: string): Promise<string> =>
  new CompactEncrypt(new TextEncoder().encode(secret))
    .setProtectedHeader({ alg: 'PBES2-HS512+A256KW', enc: 'A256GCM' })
    .setKeyManagementParameters({ p2c: iterations })
    .encrypt(new TextEncoder().encode(passphrase));

/** Undefined when the passphrase is another one. */
export async function openSecret(sealed: string, passphrase: string): Promise<string | undefined> {
  try {
    const { plaintext } = await compactDecrypt(sealed, new TextEncoder().encode(passphrase), {
      keyManagementAlgorithms: ['PBES2-HS512+A256KW'],
      contentEncryptionAlgorithms: ['A256GCM'],
      maxPBES2Count: mostIterations,
    });
    return new TextDecoder().decode(plaintext);
  } catch {
    return undefined;
  }
}
