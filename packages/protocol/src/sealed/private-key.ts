// The private key inside a key file: PKCS#8 PrivateKeyInfo version 0 (RFC 5958 §2) with an RSAPrivateKey (RFC 8017 A.1.2).
// Read only to learn the public key and to refuse damaged and other keys: CBC has no integrity, and a key with a flipped
// bit would make every ballot look invalid. WebCrypto does everything else.

import { bytesToHex } from '@noble/hashes/utils.js';
import { type Bytes, isEqualBytes } from '../encoding/bytes.ts';
import { type DerElement, TAG, readOnly, readSequence, readUnsigned, writeDer, writeUnsigned } from './der.ts';
import { PUBLIC_EXPONENT, type PublicKeyFacts, publicKeyOf, rsaAlgorithm } from './public-key.ts';

type ReadPrivateKey =
  | { readonly ok: true; readonly publicKey: PublicKeyFacts }
  | { readonly ok: false; readonly reason: 'wrong-passphrase' | 'unsupported-key-file' | 'malformed-key-file' };

/**
 * The public key of a decrypted private key. `wrong-passphrase`: not one DER SEQUENCE of elements; `unsupported-key-file`:
 * no RSA key with e = 65537 and a modulus of our sizes; `malformed-key-file`: one, but not exactly PrivateKeyInfo version 0
 * with two primes, or its numbers don't belong together, so that the file is damaged.
 */
export function readPrivateKey(pkcs8: Bytes): ReadPrivateKey {
  const fields = readSequence(readOnly(pkcs8));
  if (fields === undefined) return { ok: false, reason: 'wrong-passphrase' };
  if (!isRsa(fields[1])) return { ok: false, reason: 'unsupported-key-file' };
  const numbers = readRsaPrivateKey(fields[2]?.content);
  if (numbers === undefined) return { ok: false, reason: 'malformed-key-file' };
  const publicKey = isEqualBytes(numbers[2]!, PUBLIC_EXPONENT) ? publicKeyOf(numbers[1]!) : undefined;
  if (publicKey === undefined) return { ok: false, reason: 'unsupported-key-file' };
  const isWhole = isEqualBytes(writePrivateKey(numbers), pkcs8) && isConsistent(numbers);
  return isWhole ? { ok: true, publicKey } : { ok: false, reason: 'malformed-key-file' };
}

function isRsa(algorithm: DerElement | undefined): boolean {
  return algorithm?.tag === TAG.sequence && isEqualBytes(writeDer(TAG.sequence, algorithm.content), rsaAlgorithm());
}

/** version (0), n, e, d, p, q, d mod (p−1), d mod (q−1), q⁻¹ mod p. */
function readRsaPrivateKey(content: Bytes | undefined): readonly Bytes[] | undefined {
  const numbers = readSequence(content === undefined ? undefined : readOnly(content))?.map(readUnsigned);
  const isComplete = numbers?.length === 9 && numbers.every((number) => number !== undefined);
  return isComplete && isEqualBytes(numbers[0]!, Uint8Array.of(0)) ? numbers : undefined;
}

function writePrivateKey(numbers: readonly Bytes[]): Bytes {
  const key = writeDer(TAG.sequence, ...numbers.map(writeUnsigned));
  return writeDer(TAG.sequence, writeUnsigned(Uint8Array.of(0)), rsaAlgorithm(), writeDer(TAG.octetString, key));
}

/** RFC 8017 §3.2: n = p·q, e·dP ≡ 1 (mod p−1), e·dQ ≡ 1 (mod q−1), dP and dQ from d, q·qInv ≡ 1 (mod p). */
function isConsistent(numbers: readonly Bytes[]): boolean {
  const number = (at: number): bigint => BigInt(`0x${bytesToHex(numbers[at]!)}`);
  const [n, e, d] = [number(1), number(2), number(3)];
  const [p, q] = [number(4), number(5)];
  const [dP, dQ, qInv] = [number(6), number(7), number(8)];
  // Also keeps the divisors below from being zero.
  if (p < 3n || q < 3n || p * q !== n) return false;
  if (d % (p - 1n) !== dP || d % (q - 1n) !== dQ) return false;
  return (e * dP) % (p - 1n) === 1n && (e * dQ) % (q - 1n) === 1n && (q * qInv) % p === 1n;
}
