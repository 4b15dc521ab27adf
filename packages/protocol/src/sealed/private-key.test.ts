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

const UNSUPPORTED = { ok: false, reason: 'unsupported-key-file' };
const MALFORMED = { ok: false, reason: 'malformed-key-file' };

const NUMBERS = ['version', 'n', 'e', 'd', 'p', 'q', 'd mod (p−1)', 'd mod (q−1)', 'q⁻¹ mod p'];
for (const [at, name] of NUMBERS.entries()) {
  test(`a private key with a flipped bit in ${name} is refused`, () => {
    const damaged = numbers.map((number, i) =>
      number.map((byte, j) => (i === at && j === number.length >> 1 ? byte ^ 1 : byte)),
    );
    expect(readPrivateKey(built(damaged))).toEqual(name === 'e' ? UNSUPPORTED : MALFORMED);
  });
  test(`a private key with 0 or 1 as ${name} is refused and divides by nothing`, () => {
    const zero = readPrivateKey(built(numbers.with(at, Uint8Array.of(0))));
    const one = readPrivateKey(built(numbers.with(at, Uint8Array.of(1))));
    expect([zero.ok, one.ok]).toEqual([at === 0, false]);
  });
}

const otherAlgorithm = writeDer(TAG.sequence, writeDer(TAG.oid, Uint8Array.of(0x2a, 3)));
const REFUSED: readonly (readonly [string, Bytes, object])[] = [
  ['nothing inside', writeDer(TAG.sequence), UNSUPPORTED],
  ['another algorithm', built(numbers, 0, otherAlgorithm), UNSUPPORTED],
  ['another size', built(numbers.with(1, new Uint8Array(128).fill(0xff))), UNSUPPORTED],
  ['version 1', built(numbers, 1), MALFORMED],
  ['a third prime', built([...numbers, Uint8Array.of(3)]), MALFORMED],
  ['attributes', built(numbers, 0, rsaAlgorithm(), writeDer(TAG.sequence)), MALFORMED],
];
for (const [claim, bytes, expected] of REFUSED) {
  test(`a private key with ${claim} is refused`, () => {
    expect(readPrivateKey(bytes)).toEqual(expected);
  });
}

test('bytes that are no SEQUENCE speak of a wrong passphrase', () => {
  for (const bytes of [new Uint8Array(), new Uint8Array(64), pkcs8.slice(1), Uint8Array.of(...pkcs8, 0)]) {
    expect(readPrivateKey(bytes)).toEqual({ ok: false, reason: 'wrong-passphrase' });
  }
});
