// The private key inside a key file: PKCS#8 PrivateKeyInfo version 0 (RFC 5958 §2) with an RSAPrivateKey (RFC 8017 A.1.2).
// Read only to learn the public key and to refuse other keys; WebCrypto does everything else.

import { type Bytes, isEqualBytes } from '../encoding/bytes.ts';
import { TAG, readOnly, readSequence, readUnsigned, writeDer, writeUnsigned } from './der.ts';
import { PUBLIC_EXPONENT, type PublicKeyFacts, publicKeyOf, rsaAlgorithm } from './public-key.ts';

/**
 * The public key of a decrypted private key. `wrong-passphrase` when the bytes aren't one DER SEQUENCE of elements;
 * `unsupported-key-file` when they are, but not exactly version 0, rsaEncryption with NULL, two primes, e = 65537, our sizes.
 */
export function readPrivateKey(
  pkcs8: Bytes,
):
  | { readonly ok: true; readonly publicKey: PublicKeyFacts }
  | { readonly ok: false; readonly reason: 'wrong-passphrase' | 'unsupported-key-file' } {
  const fields = readSequence(readOnly(pkcs8));
  if (fields === undefined) return { ok: false, reason: 'wrong-passphrase' };
  const numbers = readRsaPrivateKey(fields[2]?.content);
  const publicKey = numbers === undefined ? undefined : publicKeyOf(numbers[1]!);
  if (numbers === undefined || publicKey === undefined) return { ok: false, reason: 'unsupported-key-file' };
  const isOurs = isEqualBytes(numbers[2]!, PUBLIC_EXPONENT) && isEqualBytes(writePrivateKey(numbers), pkcs8);
  return isOurs ? { ok: true, publicKey } : { ok: false, reason: 'unsupported-key-file' };
}

/** version, n, e, d, p, q, d mod (p−1), d mod (q−1), q⁻¹ mod p. */
function readRsaPrivateKey(content: Bytes | undefined): readonly Bytes[] | undefined {
  const numbers = readSequence(content === undefined ? undefined : readOnly(content))?.map(readUnsigned);
  const isComplete = numbers?.length === 9 && numbers.every((number) => number !== undefined);
  return isComplete && numbers[0]?.length === 1 && numbers[0][0] === 0 ? numbers : undefined;
}

function writePrivateKey(numbers: readonly Bytes[]): Bytes {
  const key = writeDer(TAG.sequence, ...numbers.map(writeUnsigned));
  return writeDer(TAG.sequence, writeUnsigned(Uint8Array.of(0)), rsaAlgorithm(), writeDer(TAG.octetString, key));
}
