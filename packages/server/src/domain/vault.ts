// What the instance's secret protects at rest: keyed hashes for looking up, sealed values for reading again, and what is kept
// nowhere because it can be derived again. Purposes have keys of their own (HKDF, RFC 5869); sealed values are JWE (RFC 7516)
// bound to the row they belong to.

import { createHmac, createSecretKey, hkdfSync, type KeyObject, timingSafeEqual, webcrypto } from 'node:crypto';
import { CompactEncrypt, compactDecrypt } from 'jose';

export type Purpose =
  | 'setting'
  | 'setup'
  | 'link'
  | 'key'
  | 'code'
  | 'throttle'
  | 'storage'
  | 'check'
  | 'import'
  | 'backup'
  | 'credential'
  | 'trustee'
  | 'registrar'
  | 'reserve'
  | 'directory'
  | 'totp'
  | 'recovery';

export interface Vault {
  /** HMAC-SHA-256, 64 hex digits. */
  hash(purpose: Purpose, value: string): string;
  isHash(purpose: Purpose, value: string, expected: string): boolean;
  /**
   * 32 bytes that look random to whoever lacks the secret, and are the same again for the same purpose, owner and salt (HKDF-SHA-256,
   * RFC 5869). The salt is random and may be known.
   */
  derive(purpose: Purpose, owner: string, salt: string): Uint8Array;
  seal(purpose: Purpose, owner: string, value: string): Promise<string>;
  /** Throws when the value was not sealed with this secret, for this purpose and owner. */
  open(purpose: Purpose, owner: string, sealed: string): Promise<string>;
}

const keyBytes = 32;
const uses: webcrypto.KeyUsage[] = ['encrypt', 'decrypt'];

export function openVault(secret: string): Vault {
  const derive = (label: string) => new Uint8Array(hkdfSync('sha256', secret, 'votix', label, keyBytes));
  const derived = new Map<string, Uint8Array>();
  const key = (label: string) => {
    const known = derived.get(label) ?? derive(label);
    derived.set(label, known);
    return known;
  };
  // Imported once: jose would import the bytes anew for each value.
  const imported = new Map<Purpose, Promise<webcrypto.CryptoKey>>();
  const sealingKey = (purpose: Purpose) => {
    const bytes = key(`seal ${purpose}`);
    const known = imported.get(purpose) ?? webcrypto.subtle.importKey('raw', bytes, 'AES-GCM', false, uses);
    imported.set(purpose, known);
    return known;
  };
  // As one of Node's own keys: it would look at the bytes anew for each value.
  const secretKeys = new Map<string, KeyObject>();
  const secretKey = (label: string) => {
    const known = secretKeys.get(label) ?? createSecretKey(key(label));
    secretKeys.set(label, known);
    return known;
  };
  const hash = (purpose: Purpose, value: string) =>
    createHmac('sha256', secretKey(`hash ${purpose}`))
      .update(value)
      .digest('hex');
  return {
    hash,
    isHash: (purpose, value, expected) => {
      const [a, b] = [Buffer.from(hash(purpose, value)), Buffer.from(expected)];
      return a.length === b.length && timingSafeEqual(a, b);
    },
    derive: (purpose, owner, salt) =>
      new Uint8Array(hkdfSync('sha256', secretKey(`derive ${purpose}`), salt, owner, keyBytes)),
    seal: (purpose, owner, value) =>
      sealingKey(purpose).then((imported) =>
        new CompactEncrypt(new TextEncoder().encode(value))
          .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', owner })
          .encrypt(imported),
      ),
    open: async (purpose, owner, sealed) => {
      const { plaintext, protectedHeader } = await compactDecrypt(sealed, await sealingKey(purpose), {
        keyManagementAlgorithms: ['dir'],
        contentEncryptionAlgorithms: ['A256GCM'],
      });
      if (protectedHeader['owner'] !== owner) throw new Error('A sealed value belongs to another row.');
      return new TextDecoder().decode(plaintext);
    },
  };
}
