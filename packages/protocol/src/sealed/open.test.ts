// Opening: every part a ballot is made of, flipped, to a named reason; hostile plaintexts under a good seal.

import { CompactEncrypt } from 'jose/jwe/compact/encrypt';
import { expect, test } from 'vitest';
import { encodeDefinition } from '../definition.ts';
import { decodeBase64url, encodeBase64url } from '../encoding/base64.ts';
import { aTwofoldDefinition } from '../sample-election.ts';
import { ballotContext, ballotHeader } from './ballot-context.ts';
import { makeKeyPair } from './key-pair.ts';
import { type OpenProblem, openBallot } from './open.ts';
import { sealBallot } from './seal.ts';

const keys = await makeKeyPair();
const prepared = await ballotContext(encodeDefinition(aTwofoldDefinition()), keys.publicKeyPem);
if (!prepared.ok) throw new Error(prepared.reason);
const { context } = prepared;
const sealed = await sealBallot(context, [[1], [0, 4]]);
if (!sealed.ok) throw new Error(sealed.reason);
const { ballot } = sealed;

function open(candidate: unknown) {
  return openBallot(context, keys.privateKey, candidate);
}

/** The ballot with one bit of one segment flipped. */
function flipped(segment: number, byte: number): string {
  const segments = ballot.split('.');
  const bytes = decodeBase64url(segments[segment] ?? '')!;
  segments[segment] = encodeBase64url(bytes.map((value, i) => (i === byte ? value ^ 1 : value)));
  return segments.join('.');
}

/** Any plaintext under a good seal. */
function sealedBytes(...bytes: readonly number[]): Promise<string> {
  const encryption = new CompactEncrypt(Uint8Array.from(bytes)).setProtectedHeader({ ...ballotHeader(context) });
  return encryption.encrypt(context.publicKey);
}

test('a ballot opens to what was sealed', async () => {
  expect(await open(ballot)).toEqual({ ok: true, selections: [[1], [0, 4]] });
  // version 1; chair: one choice, 1; board: two choices, 0 and 4, one field unused.
  const byHand = await sealedBytes(1, 1, 0, 1, 2, 0, 0, 0, 4, 0xff, 0xff);
  expect(await open(byHand)).toEqual({ ok: true, selections: [[1], [0, 4]] });
});

test('a blank vote opens as blank', async () => {
  const blank = await sealBallot(context, [[], [2]]);
  expect(await open(blank.ok && blank.ballot)).toEqual({ ok: true, selections: [[], [2]] });
});

const SEGMENTS = ['header', 'encrypted key', 'IV', 'ciphertext', 'tag'];
for (const [segment, bytes] of [
  [1, [1, 128, 255]],
  [2, [0, 11]],
  [3, [0, 1, 10]],
  [4, [0, 15]],
] as const) {
  for (const byte of bytes) {
    test(`a flipped bit in byte ${byte} of the ${SEGMENTS[segment]} makes a ballot undecryptable`, async () => {
      expect(await open(flipped(segment, byte))).toEqual({ ok: false, reason: 'undecryptable' });
    });
  }
}

test('a flipped bit in the header is refused before any decryption', async () => {
  for (let byte = 0; byte < 240; byte += 13) {
    expect(await open(flipped(0, byte))).toMatchObject({ ok: false, fault: 'header' });
  }
});

test('a ballot for another key under our header does not decrypt', async () => {
  const other = await makeKeyPair();
  const theirs = await ballotContext(encodeDefinition(aTwofoldDefinition()), other.publicKeyPem);
  if (!theirs.ok) throw new Error(theirs.reason);
  const encryption = new CompactEncrypt(new Uint8Array(11)).setProtectedHeader({ ...ballotHeader(context) });
  const copied = await encryption.encrypt(theirs.context.publicKey);
  expect(await open(copied)).toMatchObject({ ok: false });
  expect(await openBallot(context, other.privateKey, ballot)).toEqual({ ok: false, reason: 'undecryptable' });
});

test('what does not verify is not opened', async () => {
  expect(await open(undefined)).toEqual({ ok: false, reason: 'malformed-ballot', fault: 'type' });
  expect(await open(`${ballot}A`)).toEqual({ ok: false, reason: 'malformed-ballot', fault: 'tag-length' });
});

const U = 0xff;
const PLAINTEXTS: readonly (readonly [string, readonly number[], OpenProblem, number | undefined])[] = [
  ['of another version', [2, 1, 0, 1, 1, 0, 0, U, U, U, U], 'malformed-plaintext', undefined],
  ['of zeros', Array.from({ length: 11 }, () => 0), 'malformed-plaintext', undefined],
  ['with more choices than fields', [1, 2, 0, 1, 1, 0, 0, U, U, U, U], 'malformed-plaintext', 0],
  ['with 255 choices', [1, 1, 0, 1, U, 0, 0, U, U, U, U], 'malformed-plaintext', 1],
  ['with a second choice hidden in the padding', [1, 1, 0, 1, 1, 0, 0, 0, 4, U, U], 'bad-padding', 1],
  ['with zeros as padding', [1, 1, 0, 1, 1, 0, 0, 0, 0, 0, 0], 'bad-padding', 1],
  ['with a mark in the padding', [1, 1, 0, 1, 1, 0, 0, U, U, U, 0xfe], 'bad-padding', 1],
  ['with a choice beside a blank', [1, 0, 0, 1, 1, 0, 0, U, U, U, U], 'bad-padding', 0],
  ['with an unknown candidate', [1, 1, 0, 3, 1, 0, 0, U, U, U, U], 'selection-unknown-candidate', 0],
  ['with candidate 256', [1, 1, 1, 0, 1, 0, 0, U, U, U, U], 'selection-unknown-candidate', 0],
  ['with the padding as a choice', [1, 1, U, U, 1, 0, 0, U, U, U, U], 'selection-unknown-candidate', 0],
  ['with the same choice twice', [1, 1, 0, 1, 2, 0, 2, 0, 2, U, U], 'selection-order', 1],
  ['with falling choices', [1, 1, 0, 1, 2, 0, 2, 0, 1, U, U], 'selection-order', 1],
  ['blank where it is not allowed', [1, 1, 0, 1, 0, U, U, U, U, U, U], 'selection-blank', 1],
];
for (const [claim, bytes, reason, contest] of PLAINTEXTS) {
  test(`a plaintext ${claim} does not count: ${reason}`, async () => {
    const expected = contest === undefined ? { ok: false, reason } : { ok: false, reason, contest };
    expect(await open(await sealedBytes(...bytes))).toEqual(expected);
  });
}

test('a plaintext of another length is refused without opening', async () => {
  expect(await open(await sealedBytes(1, 1, 0, 1))).toMatchObject({ ok: false, fault: 'ciphertext-length' });
});
