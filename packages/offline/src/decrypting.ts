// Decrypts sealed ballots with Node's own cryptography: what jose does with WebCrypto's, without a promise for each step.

import { constants, createDecipheriv, createPrivateKey, createSecretKey, privateDecrypt } from 'node:crypto';
import type { Decrypt } from '@votix/protocol';

const OAEP = { oaepHash: 'sha256', padding: constants.RSA_PKCS1_OAEP_PADDING } as const;
/** AES-256 and the whole tag (RFC 7518 §5.3). */
const CONTENT_KEY_BYTES = 32;
const TAG_BYTES = 16;

/** `pkcs8`: the private key as DER. For ballots that were verified: five segments of canonical base64url. */
export function decryptingWith(pkcs8: Uint8Array): Decrypt {
  const key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
  return (ballot) => {
    const [header = '', ...segments] = ballot.split('.');
    const [encryptedKey, iv, ciphertext, tag] = segments.map((segment) => Buffer.from(segment, 'base64url'));
    const contentKey = unlessRefused(() => privateDecrypt({ key, ...OAEP }, encryptedKey!));
    if (contentKey?.length !== CONTENT_KEY_BYTES) return undefined;
    // As a key object: of bytes Node finds out that they are none by an exception, which takes time.
    const decipher = createDecipheriv('aes-256-gcm', createSecretKey(contentKey), iv!, { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(header)).setAuthTag(tag!);
    const start = decipher.update(ciphertext!);
    const end = unlessRefused(() => decipher.final());
    return end && new Uint8Array(Buffer.concat([start, end]));
  };
}

/** Undefined when the padding or the tag is wrong. Anything else is no property of a ballot and must not make one invalid. */
function unlessRefused(decrypt: () => Buffer): Buffer | undefined {
  try {
    return decrypt();
  } catch (error) {
    const { code = '', message } = error as { readonly code?: string; readonly message: string };
    if (code.startsWith('ERR_OSSL_RSA_') || message.endsWith('unable to authenticate data')) return undefined;
    throw error;
  }
}
