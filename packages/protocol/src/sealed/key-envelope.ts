// EncryptedPrivateKeyInfo (RFC 5958 §3) with PBES2, PBKDF2 and AES-256-CBC (RFC 8018 A.2, A.4, B.2.5).
// Read by position, then written again and compared: whatever differs by one byte from our form is refused.

import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { type Bytes, isEqualBytes } from '../encoding/bytes.ts';
import {
  type DerElement,
  TAG,
  magnitudeOf,
  readOnly,
  readSequence,
  readUnsigned,
  smallNumber,
  writeDer,
  writeUnsigned,
} from './der.ts';

/** What a key file holds beside constants. `keyLength`: whether PBKDF2's optional key length (32) is written. */
export interface Envelope {
  readonly salt: Bytes;
  readonly iterations: number;
  readonly keyLength: boolean;
  readonly iv: Bytes;
  readonly encrypted: Bytes;
}

/** The part of an envelope at fault. `structure`: not DER, or other elements than PBES2 has. */
export type EnvelopeFault =
  'structure' | 'scheme' | 'kdf' | 'salt' | 'iterations' | 'key-length' | 'prf' | 'cipher' | 'iv' | 'data';

/** PBKDF2 iterations of the files we write, and the bounds of what we take: a hostile file must not hang the page. */
export const KEY_FILE_ITERATIONS = { written: 600_000, least: 600_000, most: 10_000_000 } as const;

const PBES2 = '2a864886f70d01050d';
const PBKDF2 = '2a864886f70d01050c';
const HMAC_SHA256 = '2a864886f70d0209';
const AES_256_CBC = '60864801650304012a';
const KEY_LENGTH = 32;
const BLOCK = 16;

/** The DER of an envelope. */
export function writeEnvelope({ salt, iterations, keyLength, iv, encrypted }: Envelope): Bytes {
  const kdf = writeDer(
    TAG.sequence,
    writeDer(TAG.octetString, salt),
    writeUnsigned(magnitudeOf(iterations)),
    keyLength ? writeUnsigned(Uint8Array.of(KEY_LENGTH)) : new Uint8Array(),
    writeAlgorithm(HMAC_SHA256, writeDer(TAG.null)),
  );
  const cipher = writeAlgorithm(AES_256_CBC, writeDer(TAG.octetString, iv));
  const scheme = writeAlgorithm(PBES2, writeDer(TAG.sequence, writeAlgorithm(PBKDF2, kdf), cipher));
  return writeDer(TAG.sequence, scheme, writeDer(TAG.octetString, encrypted));
}

/** Reads an envelope: salt of 8 to 64 bytes, bounded iterations, IV of 16 bytes, whole blocks of data. Total and strict. */
export function readEnvelope(
  der: Bytes,
): { readonly ok: true; readonly envelope: Envelope } | { readonly ok: false; readonly fault: EnvelopeFault } {
  const parts = partsOf(der);
  if (parts === undefined) return { ok: false, fault: 'structure' };
  const fault = faultOf(parts);
  if (fault !== undefined) return { ok: false, fault };
  const envelope = {
    salt: parts.salt.content,
    iterations: smallNumber(readUnsigned(parts.iterations))!,
    keyLength: parts.keyLength !== undefined,
    iv: parts.iv.content,
    encrypted: parts.encrypted.content,
  };
  // Catches what no part names: surplus elements, other tags, another NULL.
  return isEqualBytes(writeEnvelope(envelope), der) ? { ok: true, envelope } : { ok: false, fault: 'structure' };
}

interface Parts {
  readonly scheme: string;
  readonly kdf: string;
  readonly salt: DerElement;
  readonly iterations: DerElement;
  readonly keyLength: DerElement | undefined;
  readonly prf: string | undefined;
  readonly cipher: string;
  readonly iv: DerElement;
  readonly encrypted: DerElement;
}

function partsOf(der: Bytes): Parts | undefined {
  const [schemeElement, encrypted] = readSequence(readOnly(der)) ?? [];
  const scheme = readAlgorithm(schemeElement);
  const [kdfElement, cipherElement] = readSequence(scheme?.parameters) ?? [];
  const kdf = readAlgorithm(kdfElement);
  const cipher = readAlgorithm(cipherElement);
  const [salt, iterations, ...rest] = readSequence(kdf?.parameters) ?? [];
  if (scheme === undefined || kdf === undefined || cipher?.parameters === undefined) return undefined;
  if (encrypted === undefined || salt === undefined || iterations === undefined) return undefined;
  const keyLength = rest[0]?.tag === TAG.integer ? rest.shift() : undefined;
  const prf = readAlgorithm(rest[0])?.oid;
  const oids = { scheme: scheme.oid, kdf: kdf.oid, prf, cipher: cipher.oid };
  return { ...oids, salt, iterations, keyLength, iv: cipher.parameters, encrypted };
}

function faultOf(parts: Parts): EnvelopeFault | undefined {
  if (parts.scheme !== PBES2) return 'scheme';
  if (parts.kdf !== PBKDF2) return 'kdf';
  if (!isWithin(parts.salt.content.length, 8, 64)) return 'salt';
  const { least, most } = KEY_FILE_ITERATIONS;
  if (!isWithin(smallNumber(readUnsigned(parts.iterations)) ?? 0, least, most)) return 'iterations';
  const { keyLength } = parts;
  if (keyLength !== undefined && smallNumber(readUnsigned(keyLength)) !== KEY_LENGTH) return 'key-length';
  if (parts.prf !== HMAC_SHA256) return 'prf';
  if (parts.cipher !== AES_256_CBC) return 'cipher';
  if (parts.iv.content.length !== BLOCK) return 'iv';
  const { length } = parts.encrypted.content;
  return length === 0 || length % BLOCK !== 0 ? 'data' : undefined;
}

/** AlgorithmIdentifier (RFC 5280 §4.1.1.2): object identifier, as the hexadecimal digits of its content, and parameters. */
function readAlgorithm(
  element: DerElement | undefined,
): { readonly oid: string; readonly parameters: DerElement | undefined } | undefined {
  const [oid, parameters] = readSequence(element) ?? [];
  return oid?.tag === TAG.oid ? { oid: bytesToHex(oid.content), parameters } : undefined;
}

function writeAlgorithm(oid: string, parameters: Bytes): Bytes {
  return writeDer(TAG.sequence, writeDer(TAG.oid, hexToBytes(oid)), parameters);
}

function isWithin(value: number, least: number, most: number): boolean {
  return value >= least && value <= most;
}
