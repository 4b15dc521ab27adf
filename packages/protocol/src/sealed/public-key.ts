// The election's RSA public key: SubjectPublicKeyInfo (RFC 5280 §4.1, RFC 8017 A.1) as PEM, and its fingerprint.
// Strict: one modulus size of three, e = 65537, one text per key. Specification: "Key pair".

import { hexToBytes } from '@noble/hashes/utils.js';
import type { CryptoKey } from 'jose';
import { type Bytes, isEqualBytes, sha256Hex } from '../encoding/bytes.ts';
import { TAG, readOnly, readSequence, readUnsigned, writeDer, writeUnsigned } from './der.ts';
import { decodePem, encodePem } from './pem.ts';

/** Sizes of the modulus we make and take, in bits. */
export const MODULUS_BITS = [2048, 3072, 4096] as const;

/** A size of the modulus in bits. */
export type ModulusBits = (typeof MODULUS_BITS)[number];

/** e = 65537, big-endian. */
export const PUBLIC_EXPONENT: Bytes = Uint8Array.of(1, 0, 1);

/** rsaEncryption with NULL parameters (RFC 8017 A.1), as an AlgorithmIdentifier. */
export function rsaAlgorithm(): Bytes {
  return writeDer(TAG.sequence, writeDer(TAG.oid, hexToBytes('2a864886f70d010101')), writeDer(TAG.null));
}

/** Why a text is no public key of ours. */
export type PublicKeyProblem = 'malformed-public-key' | 'unsupported-public-key';

/**
 * What a public key says, read without WebCrypto. `publicKeyPem` is the one text of the key, `fingerprint` SHA-256 of the SPKI's
 * DER as 64 lower-case hexadecimal digits, `modulus` big-endian without leading zero.
 */
export interface PublicKeyFacts {
  readonly publicKeyPem: string;
  readonly fingerprint: string;
  readonly bits: ModulusBits;
  readonly modulus: Bytes;
  readonly der: Bytes;
}

/** The facts of the key with this modulus and e = 65537; undefined for a modulus that is even or of another size. */
export function publicKeyOf(modulus: Bytes): PublicKeyFacts | undefined {
  const bits = MODULUS_BITS.find((size) => size === modulus.length * 8);
  const isFullLength = (modulus[0] ?? 0) >= 0x80;
  const isOdd = ((modulus.at(-1) ?? 0) & 1) === 1;
  if (bits === undefined || !isFullLength || !isOdd) return undefined;
  const key = writeDer(TAG.sequence, writeUnsigned(modulus), writeUnsigned(PUBLIC_EXPONENT));
  const der = writeDer(TAG.sequence, rsaAlgorithm(), writeDer(TAG.bitString, Uint8Array.of(0), key));
  return { publicKeyPem: encodePem('PUBLIC KEY', der), fingerprint: sha256Hex(der), bits, modulus, der };
}

/**
 * Reads a public key's PEM, synchronously and without importing it. Total and strict. `malformed-public-key`: no strict PEM
 * (lines of 64, "\n" each) of an SPKI with an RSA key; `unsupported-public-key`: other than rsaEncryption with NULL, e = 65537,
 * an odd modulus of 2048, 3072 or 4096 bits.
 */
export function readPublicKey(
  pem: unknown,
): { readonly ok: true; readonly facts: PublicKeyFacts } | { readonly ok: false; readonly reason: PublicKeyProblem } {
  const der = typeof pem === 'string' && pem.length <= 1000 ? decodePem('PUBLIC KEY', pem) : undefined;
  const modulus = der === undefined ? undefined : modulusOf(der);
  if (der === undefined || modulus === undefined) return { ok: false, reason: 'malformed-public-key' };
  const facts = publicKeyOf(modulus);
  // Strict by re-encoding: another algorithm, exponent or form of the same key gives other bytes.
  if (facts === undefined || !isEqualBytes(facts.der, der)) return { ok: false, reason: 'unsupported-public-key' };
  return { ok: true, facts };
}

/** The WebCrypto key of a public key, for RSA-OAEP with SHA-256 (RFC 7518 §4.3), encryption only. */
export function importPublicKey({ der }: PublicKeyFacts): Promise<CryptoKey> {
  return crypto.subtle.importKey('spki', der, { name: 'RSA-OAEP', hash: 'SHA-256' }, true, ['encrypt']);
}

/** SPKI → BIT STRING → RSAPublicKey { modulus, publicExponent } → modulus. */
function modulusOf(der: Bytes): Bytes | undefined {
  const [, bits] = readSequence(readOnly(der)) ?? [];
  if (bits?.tag !== TAG.bitString || bits.content[0] !== 0) return undefined;
  return readUnsigned(readSequence(readOnly(bits.content.slice(1)))?.[0]);
}
