// What lies inside a key file, after the right passphrase: damage and other keys are told apart from a wrong passphrase.

import { expect, test } from 'vitest';
import type { Bytes } from '../encoding/bytes.ts';
import { TAG, readOnly, readSequence, readUnsigned, writeDer, writeUnsigned } from './der.ts';
import { makeKeyPair } from './key-pair.ts';
import { readPrivateKey } from './private-key.ts';
import { rsaAlgorithm } from './public-key.ts';

const keys = await makeKeyPair();
const pkcs8 = new Uint8Array(await crypto.subtle.exportKey('pkcs8', keys.privateKey));
const [, , inner] = readSequence(readOnly(pkcs8)) ?? [];
const numbers = (readSequence(readOnly(inner?.content ?? pkcs8)) ?? []).map((number) => readUnsigned(number) ?? pkcs8);

function built(values: readonly Bytes[], version = 0, algorithm = rsaAlgorithm(), ...more: readonly Bytes[]): Bytes {
  const key = writeDer(TAG.octetString, writeDer(TAG.sequence, ...values.map(writeUnsigned)));
  return writeDer(TAG.sequence, writeUnsigned(Uint8Array.of(version)), algorithm, key, ...more);
}

test('a private key names its public key', () => {
  expect(built(numbers)).toEqual(pkcs8);
  expect(readPrivateKey(pkcs8)).toMatchObject({ ok: true, publicKey: { fingerprint: keys.fingerprint, bits: 2048 } });
});

const NUMBERS = ['version', 'n', 'e', 'd', 'p', 'q', 'd mod (p−1)', 'd mod (q−1)', 'q⁻¹ mod p'];
for (const [at, name] of NUMBERS.entries()) {
  test(`a private key with a flipped bit in ${name} is refused`, () => {
    const damaged = numbers.map((number, i) =>
      number.map((byte, j) => (i === at && j === number.length >> 1 ? byte ^ 1 : byte)),
    );
    const reason = at === 0 || at === 2 ? 'unsupported-key-file' : 'malformed-key-file';
    expect(readPrivateKey(built(damaged))).toEqual({ ok: false, reason });
  });
  test(`a private key with 0 or 1 as ${name} is refused and divides by nothing`, () => {
    const zero = readPrivateKey(built(numbers.with(at, Uint8Array.of(0))));
    const one = readPrivateKey(built(numbers.with(at, Uint8Array.of(1))));
    expect([zero.ok, one.ok]).toEqual([at === 0, false]);
  });
}

const UNSUPPORTED: readonly (readonly [string, Bytes])[] = [
  ['an empty SEQUENCE', writeDer(TAG.sequence)],
  ['version 1', built(numbers, 1)],
  ['a third prime', built([...numbers, Uint8Array.of(3)])],
  ['another algorithm', built(numbers, 0, writeDer(TAG.sequence, writeDer(TAG.oid, Uint8Array.of(0x2a, 3))))],
  ['attributes', built(numbers, 0, rsaAlgorithm(), writeDer(TAG.sequence))],
  ['another size', built(numbers.with(1, new Uint8Array(128).fill(0xff)))],
];
for (const [claim, bytes] of UNSUPPORTED) {
  test(`a private key with ${claim} is unsupported`, () => {
    expect(readPrivateKey(bytes)).toEqual({ ok: false, reason: 'unsupported-key-file' });
  });
}

test('bytes that are no SEQUENCE speak of a wrong passphrase', () => {
  for (const bytes of [new Uint8Array(), new Uint8Array(64), pkcs8.slice(1), Uint8Array.of(...pkcs8, 0)]) {
    expect(readPrivateKey(bytes)).toEqual({ ok: false, reason: 'wrong-passphrase' });
  }
});
