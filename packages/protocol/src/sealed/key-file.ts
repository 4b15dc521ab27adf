// The key file: the private key as PKCS#8 (RFC 5958) encrypted with PBES2 (RFC 8018 §6.2), PEM (RFC 7468 §11).
// What is accepted is narrow: PBKDF2 with hmacWithSHA256, AES-256-CBC, bounded iterations. openssl reads it and writes it.

import type { CryptoKey } from 'jose';
import { type Bytes, utf8 } from '../encoding/bytes.ts';
import { type Envelope, type EnvelopeFault, KEY_FILE_ITERATIONS, readEnvelope, writeEnvelope } from './key-envelope.ts';
import { decodePem, encodePem } from './pem.ts';
import { readPrivateKey } from './private-key.ts';

/** Why a key file did not open. `unsupported-key-file`: well-formed, but another encryption or key than ours. */
export type KeyFileProblem = 'malformed-key-file' | 'unsupported-key-file' | 'wrong-passphrase';

/** Where it failed: the text form, a part of the encryption's parameters, the decryption, or the key inside. */
export type KeyFileFault = 'pem' | EnvelopeFault | 'padding' | 'private-key';

/** An opened key file: the private key (extractable), its public key's PEM and fingerprint. */
export type OpenedKeyFile =
  | {
      readonly ok: true;
      readonly privateKey: CryptoKey;
      readonly publicKeyPem: string;
      readonly fingerprint: string;
    }
  | { readonly ok: false; readonly reason: KeyFileProblem; readonly fault: KeyFileFault };

const FILE_LIMIT = 20_000;
const PASSPHRASE_LIMIT = 1000;
const RSA_OAEP = { name: 'RSA-OAEP', hash: 'SHA-256' } as const;

/**
 * Encrypts an extractable private key: PBKDF2-HMAC-SHA-256 (16 random bytes of salt, 600,000 iterations) → AES-256-CBC
 * with 16 random bytes of IV, over the PKCS#8 DER. The passphrase's UTF-8 bytes are used exactly as given.
 */
export async function sealKeyFile(privateKey: CryptoKey, passphrase: string): Promise<string> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(16));
  const iterations = KEY_FILE_ITERATIONS.written;
  const key = await deriveKey(passphrase, salt, iterations, 'encrypt');
  const pkcs8 = new Uint8Array(await crypto.subtle.exportKey('pkcs8', privateKey));
  const encrypted = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-CBC', iv }, key, pkcs8));
  return encodePem('ENCRYPTED PRIVATE KEY', writeEnvelope({ salt, iterations, iv, encrypted, keyLength: false }));
}

/**
 * Opens a key file. White space around the PEM and "\r\n" line ends are forgiven (files travel by mail), nothing else.
 * CBC has no integrity: a wrong passphrase shows as broken padding or as bytes that are no PKCS#8.
 */
export async function openKeyFile(pem: unknown, passphrase: string): Promise<OpenedKeyFile> {
  const der = isShort(pem, FILE_LIMIT) ? decodePem('ENCRYPTED PRIVATE KEY', tidy(pem)) : undefined;
  if (der === undefined) return failure('malformed-key-file', 'pem');
  const read = readEnvelope(der);
  if (!read.ok) return failure(read.fault === 'structure' ? 'malformed-key-file' : 'unsupported-key-file', read.fault);
  if (!isShort(passphrase, PASSPHRASE_LIMIT)) return failure('wrong-passphrase', 'padding');
  const pkcs8 = await decrypt(read.envelope, passphrase);
  if (pkcs8 === undefined) return failure('wrong-passphrase', 'padding');
  return openPrivateKey(pkcs8);
}

async function openPrivateKey(pkcs8: Bytes): Promise<OpenedKeyFile> {
  const read = readPrivateKey(pkcs8);
  if (!read.ok) return failure(read.reason, 'private-key');
  const { publicKeyPem, fingerprint } = read.publicKey;
  try {
    const privateKey = await crypto.subtle.importKey('pkcs8', pkcs8, RSA_OAEP, true, ['decrypt']);
    return { ok: true, privateKey, publicKeyPem, fingerprint };
  } catch {
    return failure('unsupported-key-file', 'private-key');
  }
}

async function decrypt({ salt, iterations, iv, encrypted }: Envelope, passphrase: string): Promise<Bytes | undefined> {
  const key = await deriveKey(passphrase, salt, iterations, 'decrypt');
  try {
    return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-CBC', iv }, key, encrypted));
  } catch {
    return undefined;
  }
}

async function deriveKey(
  passphrase: string,
  salt: Bytes,
  iterations: number,
  use: 'encrypt' | 'decrypt',
): Promise<CryptoKey> {
  const password = await crypto.subtle.importKey('raw', utf8(passphrase), 'PBKDF2', false, ['deriveKey']);
  const pbkdf2 = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations } as const;
  return crypto.subtle.deriveKey(pbkdf2, password, { name: 'AES-CBC', length: 256 }, false, [use]);
}

function tidy(pem: string): string {
  return `${pem.replaceAll('\r\n', '\n').trim()}\n`;
}

function isShort(text: unknown, limit: number): text is string {
  return typeof text === 'string' && text.length <= limit;
}

function failure(reason: KeyFileProblem, fault: KeyFileFault): OpenedKeyFile {
  return { ok: false, reason, fault };
}
