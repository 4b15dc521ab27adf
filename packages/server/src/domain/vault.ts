// What the instance's secret protects at rest: keyed hashes for looking up, sealed values for printing and sending again.
// Purposes have keys of their own (HKDF, RFC 5869); sealed values are JWE (RFC 7516) bound to the row they belong to.

import {
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  timingSafeEqual,
  webcrypto,
} from 'node:crypto';
import { CompactEncrypt } from 'jose';
import { z } from 'zod';

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
  seal(purpose: Purpose, owner: string, value: string): Promise<string>;
  /** Throws when the value was not sealed with this secret, for this purpose and owner. */
  open(purpose: Purpose, owner: string, sealed: string): Promise<string>;
}

const keyBytes = 32;
const uses: webcrypto.KeyUsage[] = ['encrypt'];

export function openVault(secret: string): Vault {
  const derive = (label: string) => new Uint8Array(hkdfSync('sha256', secret, 'votix', label, keyBytes));
  const derived = new Map<string, Uint8Array>();
  const key = (label: string) => {
    const known = derived.get(label) ?? derive(label);
    derived.set(label, known);
    return known;
  };
  // Made once: both would take the bytes in anew for each value.
  const opening = new Map<Purpose, KeyObject>();
  const openingKey = (purpose: Purpose): KeyObject => {
    const known = opening.get(purpose) ?? createSecretKey(key(`seal ${purpose}`));
    opening.set(purpose, known);
    return known;
  };
  const imported = new Map<Purpose, Promise<webcrypto.CryptoKey>>();
  const sealingKey = (purpose: Purpose) => {
    const bytes = key(`seal ${purpose}`);
    const known = imported.get(purpose) ?? webcrypto.subtle.importKey('raw', bytes, 'AES-GCM', false, uses);
    imported.set(purpose, known);
    return known;
  };
  const hash = (purpose: Purpose, value: string) =>
    createHmac('sha256', key(`hash ${purpose}`))
      .update(value)
      .digest('hex');
  return {
    hash,
    isHash: (purpose, value, expected) => {
      const [a, b] = [Buffer.from(hash(purpose, value)), Buffer.from(expected)];
      return a.length === b.length && timingSafeEqual(a, b);
    },
    seal: (purpose, owner, value) =>
      sealingKey(purpose).then((imported) =>
        new CompactEncrypt(new TextEncoder().encode(value))
          .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', owner })
          .encrypt(imported),
      ),
    open: async (purpose, owner, sealed) => {
      const { header, plaintext } = openSealed(sealed, openingKey(purpose));
      if (header.owner !== owner) throw new Error('A sealed value belongs to another row.');
      return plaintext;
    },
  };
}

const sealedHeader = z.object({ alg: z.literal('dir'), enc: z.literal('A256GCM'), owner: z.string() });
const bytesOf = (part: string): Buffer => Buffer.from(part, 'base64url');

/**
 * RFC 7516, 5.2, for the one shape that `seal` writes. In this thread at once: jose asks WebCrypto, whose way through another
 * thread and back takes ten times as long as the deciphering of so few bytes, once or twice for every mail
 * (docs/decisions/079-pace-of-mails.md).
 */
function openSealed(sealed: string, key: KeyObject): { header: z.infer<typeof sealedHeader>; plaintext: string } {
  const [head = '', wrapped, iv = '', ciphertext = '', tag = '', ...more] = sealed.split('.');
  if (wrapped !== '' || more.length > 0) throw new Error('A sealed value is malformed.');
  const header = sealedHeader.parse(JSON.parse(bytesOf(head).toString()));
  const decipher = createDecipheriv('aes-256-gcm', key, bytesOf(iv), { authTagLength: 16 });
  decipher.setAAD(Buffer.from(head)).setAuthTag(bytesOf(tag));
  const plaintext = Buffer.concat([decipher.update(bytesOf(ciphertext)), decipher.final()]);
  return { header, plaintext: plaintext.toString() };
}
