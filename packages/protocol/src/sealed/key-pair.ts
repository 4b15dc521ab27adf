// The key holder's key pair, made by WebCrypto in the key holder's page. Specification: "Key pair".

import type { CryptoKey } from 'jose';
import { assert } from '../assert.ts';
import { encodePem } from './pem.ts';
import { type ModulusBits, PUBLIC_EXPONENT, readPublicKey } from './public-key.ts';

/** A key pair: the private key (extractable, to be sealed into a key file), the public key's PEM and fingerprint. */
export interface SealedKeyPair {
  readonly privateKey: CryptoKey;
  readonly publicKeyPem: string;
  readonly fingerprint: string;
}

/** A new RSA key pair for RSA-OAEP with SHA-256, e = 65537, 2048 bits unless told otherwise (RFC 8017, RFC 7518 §4.3). */
export async function makeKeyPair(bits: ModulusBits = 2048): Promise<SealedKeyPair> {
  const { privateKey, publicKey } = await crypto.subtle.generateKey(
    { name: 'RSA-OAEP', hash: 'SHA-256', modulusLength: bits, publicExponent: new Uint8Array(PUBLIC_EXPONENT) },
    true,
    ['encrypt', 'decrypt'],
  );
  const der = new Uint8Array(await crypto.subtle.exportKey('spki', publicKey));
  const read = readPublicKey(encodePem('PUBLIC KEY', der));
  assert(read.ok && read.facts.bits === bits, 'WebCrypto made another key than it was asked for');
  return { privateKey, publicKeyPem: read.facts.publicKeyPem, fingerprint: read.facts.fingerprint };
}
