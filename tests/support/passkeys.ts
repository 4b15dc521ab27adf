// A phone with passkeys, after WebAuthn level 3 alone: it makes keys and signs challenges as a browser hands them over, and can
// be told to misbehave.

import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest();
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');

/** What of an answer shall not be as it should. */
export interface Misbehaviour {
  readonly origin?: string;
  readonly host?: string;
  readonly challenge?: string;
  readonly type?: string;
  /** Nobody was asked for a finger, a face or a PIN. */
  readonly unverified?: boolean;
  readonly counter?: number;
  /** A statement of the maker with a certificate. */
  readonly certificate?: boolean;
  readonly broken?: boolean;
}

interface Options {
  readonly challenge: string;
}

/** CBOR (RFC 8949, lengths as short as can be) of what is needed here: byte strings and texts; maps are written by hand. */
function head(major: number, length: number): Buffer {
  if (length < 24) return Buffer.from([(major << 5) | length]);
  return length < 256
    ? Buffer.from([(major << 5) | 24, length])
    : Buffer.from([(major << 5) | 25, length >> 8, length & 255]);
}
const bytes = (data: Uint8Array) => Buffer.concat([head(2, data.length), data]);
const words = (data: string) => Buffer.concat([head(3, data.length), Buffer.from(data)]);

/** COSE (RFC 9053): a key of P-256 for ES256. */
function coseOf(publicKey: KeyObject): Buffer {
  const { x, y } = publicKey.export({ format: 'jwk' }) as { x: string; y: string };
  const part = (label: number, value: string) =>
    Buffer.concat([Buffer.from([label]), bytes(Buffer.from(value, 'base64url'))]);
  return Buffer.concat([Buffer.from([0xa5, 1, 2, 3, 0x26, 0x20, 1]), part(0x21, x), part(0x22, y)]);
}

export interface Phone {
  /** The credential's id. */
  readonly id: string;
  /** For what /api/passkeys/register answers. */
  make(options: unknown, wrong?: Misbehaviour): string;
  /** For what the other challenges answer. */
  use(options: unknown, wrong?: Misbehaviour): string;
}

export function aPasskeyPhone(baseUrl: string): Phone {
  const { origin, hostname } = new URL(baseUrl);
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const rawId = randomBytes(32);
  const id = text(rawId);
  let used = 0;
  const client = (type: string, options: unknown, wrong: Misbehaviour) =>
    Buffer.from(
      JSON.stringify({
        type: wrong.type ?? type,
        challenge: wrong.challenge ?? (options as Options).challenge,
        origin: wrong.origin ?? origin,
        crossOrigin: false,
      }),
    );
  const authenticatorData = (wrong: Misbehaviour, attested: Buffer) => {
    const flags = (wrong.unverified ? 0x01 : 0x05) | (attested.length > 0 ? 0x40 : 0);
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(wrong.counter ?? ++used);
    return Buffer.concat([sha256(wrong.host ?? hostname), Buffer.from([flags]), counter, attested]);
  };
  const answer = (response: object) =>
    JSON.stringify({ id, rawId: id, type: 'public-key', clientExtensionResults: {}, response });
  return {
    id,
    make: (options, wrong = {}) => {
      const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, rawId.length]), rawId, coseOf(publicKey)]);
      const data = authenticatorData(wrong, attested);
      const certificate = Buffer.concat([
        Buffer.from([0xa1]),
        words('x5c'),
        Buffer.from([0x81]),
        bytes(randomBytes(30)),
      ]);
      const statement = wrong.certificate ? certificate : Buffer.from([0xa0]);
      const object = [words('fmt'), words(wrong.certificate ? 'packed' : 'none'), words('attStmt'), statement];
      const attestationObject = Buffer.concat([Buffer.from([0xa3]), ...object, words('authData'), bytes(data)]);
      const clientDataJSON = client('webauthn.create', options, wrong);
      return answer({ clientDataJSON: text(clientDataJSON), attestationObject: text(attestationObject) });
    },
    use: (options, wrong = {}) => {
      const data = authenticatorData(wrong, Buffer.alloc(0));
      const clientDataJSON = client('webauthn.get', options, wrong);
      const key = wrong.broken ? generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey : privateKey;
      const signature = sign('sha256', Buffer.concat([data, sha256(clientDataJSON)]), key);
      const parts = { clientDataJSON, authenticatorData: data, signature };
      return answer(Object.fromEntries(Object.entries(parts).map(([name, value]) => [name, text(value)])));
    },
  };
}
