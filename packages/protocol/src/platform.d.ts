// The few web globals this package uses, alike in pages, workers and Node (WHATWG Encoding, W3C Web Cryptography).
// Declared here, not taken from the DOM's or Node's types: whatever isn't in this file can't be used by accident.

interface CryptoKey {
  readonly type: string;
  readonly extractable: boolean;
  readonly algorithm: { readonly name: string };
  readonly usages: string[];
}

interface CryptoKeyPair {
  readonly publicKey: CryptoKey;
  readonly privateKey: CryptoKey;
}

interface RsaOaepGeneration {
  readonly name: 'RSA-OAEP';
  readonly hash: 'SHA-256';
  readonly modulusLength: number;
  readonly publicExponent: Uint8Array<ArrayBuffer>;
}

interface RsaOaep {
  readonly name: 'RSA-OAEP';
  readonly hash?: 'SHA-256';
}

interface AesCbc {
  readonly name: 'AES-CBC';
  readonly iv: Uint8Array<ArrayBuffer>;
}

interface AesGcm {
  readonly name: 'AES-GCM';
  readonly iv: Uint8Array<ArrayBuffer>;
}

interface Pbkdf2 {
  readonly name: 'PBKDF2';
  readonly hash: 'SHA-256';
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly iterations: number;
}

interface SubtleCrypto {
  generateKey(
    algorithm: RsaOaepGeneration,
    extractable: boolean,
    usages: readonly ('encrypt' | 'decrypt')[],
  ): Promise<CryptoKeyPair>;
  generateKey(algorithm: string, extractable: boolean, usages: readonly string[]): Promise<CryptoKeyPair | CryptoKey>;
  exportKey(format: 'spki' | 'pkcs8', key: CryptoKey): Promise<ArrayBuffer>;
  importKey(
    format: 'spki' | 'pkcs8' | 'raw',
    data: Uint8Array<ArrayBuffer>,
    algorithm: RsaOaep | 'PBKDF2' | 'AES-GCM',
    extractable: boolean,
    usages: readonly ('encrypt' | 'decrypt' | 'deriveKey')[],
  ): Promise<CryptoKey>;
  deriveKey(
    algorithm: Pbkdf2,
    key: CryptoKey,
    derived: { readonly name: 'AES-CBC'; readonly length: 256 },
    extractable: boolean,
    usages: readonly ('encrypt' | 'decrypt')[],
  ): Promise<CryptoKey>;
  encrypt(algorithm: RsaOaep | AesCbc | AesGcm, key: CryptoKey, data: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer>;
  decrypt(algorithm: RsaOaep | AesCbc | AesGcm, key: CryptoKey, data: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer>;
}

// A var, because jose finds the type CryptoKey through globalThis.
// oxlint-disable-next-line no-var
declare var crypto: {
  readonly subtle: SubtleCrypto;
  getRandomValues(array: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer>;
};

declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>;
}

declare class TextDecoder {
  constructor(label: 'utf-8', options: { readonly fatal: true; readonly ignoreBOM: true });
  decode(bytes: Uint8Array<ArrayBuffer>): string;
}
