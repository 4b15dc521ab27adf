import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeKeyPair } from './key-pair.ts';
import { encodePem } from './pem.ts';
import { TAG, writeDer, writeUnsigned } from './der.ts';
import { MODULUS_BITS, importPublicKey, publicKeyOf, readPublicKey, rsaAlgorithm } from './public-key.ts';

const keys = await makeKeyPair();

function spki(o: {
  modulus?: Uint8Array<ArrayBuffer>;
  exponent?: number[];
  algorithm?: Uint8Array<ArrayBuffer>;
  unused?: number;
}) {
  const modulus = o.modulus ?? new Uint8Array(256).fill(0xff);
  const key = writeDer(TAG.sequence, writeUnsigned(modulus), writeUnsigned(Uint8Array.from(o.exponent ?? [1, 0, 1])));
  const bits = writeDer(TAG.bitString, Uint8Array.of(o.unused ?? 0), key);
  return encodePem('PUBLIC KEY', writeDer(TAG.sequence, o.algorithm ?? rsaAlgorithm(), bits));
}

test('a key pair has 2048 bits and a fingerprint that is SHA-256 of its DER', async () => {
  const read = readPublicKey(keys.publicKeyPem);
  const { publicKeyPem, fingerprint } = keys;
  expect(read).toMatchObject({ ok: true, facts: { bits: 2048, publicKeyPem, fingerprint } });
  const digest = read.ok && new Uint8Array(await crypto.subtle.digest('SHA-256', read.facts.der));
  expect(Array.from(digest || [], (byte) => byte.toString(16).padStart(2, '0')).join('')).toBe(keys.fingerprint);
});

test('a key pair of 3072 bits is made when asked for', async () => {
  const larger = await makeKeyPair(3072);
  expect(readPublicKey(larger.publicKeyPem)).toMatchObject({ ok: true, facts: { bits: 3072 } });
});

test('the public key read by hand is the one WebCrypto exports', async () => {
  const read = readPublicKey(keys.publicKeyPem);
  if (!read.ok) throw new Error(read.reason);
  const der = new Uint8Array(await crypto.subtle.exportKey('spki', await importPublicKey(read.facts)));
  expect(encodePem('PUBLIC KEY', der)).toBe(keys.publicKeyPem);
});

test('every odd modulus of 2048, 3072 and 4096 bits imports: what is accepted never throws later', async () => {
  const moduli = fc.constantFrom(...MODULUS_BITS).chain((bits) => {
    const inner = fc.uint8Array({ minLength: bits / 8 - 2, maxLength: bits / 8 - 2 });
    return fc.tuple(fc.integer({ min: 0x80, max: 0xff }), inner, fc.nat({ max: 127 }));
  });
  const property = fc.asyncProperty(moduli, async ([first, inner, half]) => {
    const facts = publicKeyOf(Uint8Array.of(first, ...inner, 2 * half + 1));
    if (facts === undefined) throw new Error('a modulus of a size that is taken');
    expect(readPublicKey(facts.publicKeyPem)).toEqual({ ok: true, facts });
    expect(await importPublicKey(facts)).toMatchObject({ type: 'public' });
  });
  await fc.assert(property, { numRuns: 30 });
});

const even = new Uint8Array(256).fill(0xfe);
const short = new Uint8Array(256).fill(0xff).fill(0x7f, 0, 1);
const otherAlgorithm = writeDer(TAG.sequence, writeDer(TAG.oid, Uint8Array.of(0x2a, 0x03)), writeDer(TAG.null));
const withoutNull = rsaAlgorithm().slice(0, -2);
withoutNull[1] = 11;

const UNSUPPORTED: readonly (readonly [string, string])[] = [
  ['e = 3', spki({ exponent: [3] })],
  ['an even modulus', spki({ modulus: even })],
  ['a modulus of 2047 bits', spki({ modulus: short })],
  ['a modulus of 1024 bits', spki({ modulus: new Uint8Array(128).fill(0xff) })],
  ['another algorithm', spki({ algorithm: otherAlgorithm })],
  ['rsaEncryption without NULL', spki({ algorithm: withoutNull })],
];
for (const [claim, pem] of UNSUPPORTED) {
  test(`a public key with ${claim} is unsupported`, () => {
    expect(readPublicKey(pem)).toEqual({ ok: false, reason: 'unsupported-public-key' });
  });
}

const pem = keys.publicKeyPem;
const MALFORMED: readonly (readonly [string, unknown])[] = [
  ['no text', undefined],
  ['an object', { toString: () => pem }],
  ['an empty text', ''],
  ['a text that is too long', pem.padEnd(1001)],
  ['another label', pem.replaceAll('PUBLIC', 'PRIVATE')],
  ['"\\r\\n" line ends', pem.replaceAll('\n', '\r\n')],
  ['no last line end', pem.trimEnd()],
  ['text before it', `x\n${pem}`],
  ['text after it', `${pem}\n`],
  ['lines of another length', pem.replace(/^(.{63})(.)\n/m, '$1\n$2')],
  ['base64 on one line', pem.replaceAll(/([A-Za-z0-9+/]{64})\n/g, '$1')],
  ['a missing character', pem.replace('AQAB', 'AQA')],
  ['unused bits in the BIT STRING', spki({ unused: 1 })],
  ['no DER inside', encodePem('PUBLIC KEY', Uint8Array.of(1, 2, 3))],
];
for (const [claim, value] of MALFORMED) {
  test(`a public key that is ${claim} is malformed`, () => {
    expect(readPublicKey(value)).toEqual({ ok: false, reason: 'malformed-public-key' });
  });
}

test('no flipped bit of a public key gives the same key', async () => {
  const read = readPublicKey(pem);
  if (!read.ok) throw new Error(read.reason);
  const accepted = Array.from({ length: read.facts.der.length }, (_, i) => {
    const der = read.facts.der.map((byte, at) => (at === i ? byte ^ (1 << (i % 8)) : byte));
    return readPublicKey(encodePem('PUBLIC KEY', der));
  }).filter(({ ok }) => ok);
  expect(accepted.every((other) => other.ok && other.facts.fingerprint !== keys.fingerprint)).toBe(true);
});
