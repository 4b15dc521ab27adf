// Tamper table of a ballot: every field, every way, to a named reason, without any key.

import { expect, test } from 'vitest';
import election from '../../../../vectors/sealed/election.json' with { type: 'json' };
import { encodeDefinition } from '../definition.ts';
import { decodeBase64url, encodeBase64url } from '../encoding/base64.ts';
import { utf8 } from '../encoding/bytes.ts';
import { receiptOf } from '../receipt.ts';
import { aContest, aDefinition, aDefinitionText } from '../sample-election.ts';
import { ballotContext, ballotHeader, readBallotContext } from './ballot-context.ts';
import { BALLOT_LENGTH_LIMIT, type BallotFault, type SealedBallotProblem, verifySealedBallot } from './ballot.ts';
import { makeKeyPair } from './key-pair.ts';
import { sealBallot } from './seal.ts';

const keys = await makeKeyPair();
const context = await contextOf(aDefinitionText(), keys.publicKeyPem);
const ballot = await seal(context, [[2]]);
const [header, encryptedKey, iv, ciphertext, tag] = ballot.split('.') as [string, string, string, string, string];

async function contextOf(definitionText: string, publicKeyPem: string) {
  const prepared = await ballotContext(definitionText, publicKeyPem);
  if (!prepared.ok) throw new Error(prepared.reason);
  return prepared.context;
}

async function seal(to: Awaited<ReturnType<typeof contextOf>>, selections: unknown): Promise<string> {
  const sealed = await sealBallot(to, selections);
  if (!sealed.ok) throw new Error(sealed.reason);
  return sealed.ballot;
}

test('a sealed ballot verifies without any key, with its receipt', () => {
  const read = readBallotContext(aDefinitionText(), keys.publicKeyPem);
  if (!read.ok) throw new Error(read.reason);
  expect(verifySealedBallot(read.context, ballot)).toEqual({ ok: true, ballot, receipt: receiptOf(ballot) });
});

test('the header is one constant string, in the order of the specification', () => {
  expect(new TextDecoder().decode(decodeBase64url(header))).toBe(
    `{"alg":"RSA-OAEP-256","enc":"A256GCM","kid":"${keys.fingerprint}","votix":1,` +
      `"election":"5f0c8d2e-1b7a-4c39-8e64-92a1d3b7f045:${context.definitionHash}"}`,
  );
  expect(header).toBe(context.header);
});

test('a ballot for five candidates takes 705 characters, whatever was chosen', async () => {
  const choices = [[], [0], [1], [4]];
  const lengths = await Promise.all(choices.map(async (choice) => (await seal(context, [choice])).length));
  expect(new Set([...lengths, context.ballotLength])).toEqual(new Set([705]));
});

test('two ballots of the same choice have nothing but the header in common', async () => {
  const [one, other] = await Promise.all([seal(context, [[1]]), seal(context, [[1]])]);
  const segments = other.split('.');
  expect(one.split('.').map((segment, i) => segment === segments[i])).toEqual([true, false, false, false, false]);
});

test('selections that break the rules are not sealed', async () => {
  expect(await sealBallot(context, [[5]])).toEqual({ ok: false, reason: 'selection-unknown-candidate', contest: 0 });
  expect(await sealBallot(context, undefined)).toEqual({ ok: false, reason: 'selection-contests', contest: 0 });
});

test('the longest ballot the limits allow is below the cap', () => {
  const contests = Array.from({ length: 20 }, (_, i) => aContest(`w${i}`, 250, { maxChoices: 250 }));
  const modulus = new Uint8Array(512).fill(0xff);
  const read = readBallotContext(encodeDefinition(aDefinition(...contests)), keys.publicKeyPem);
  if (!read.ok) throw new Error(read.reason);
  // The key of the context has 2048 bits; one of 4096 adds 256 bytes, 342 characters.
  expect(modulus.length - read.context.encryptedKeyBytes).toBe(256);
  expect(read.context.ballotLength + 342).toBeLessThan(BALLOT_LENGTH_LIMIT);
});

const otherKeysBallot = await seal(await contextOf(aDefinitionText(), election.publicKey), [[2]]);
const otherDefinition = encodeDefinition({ ...aDefinition(), minimumBallots: 6 });
const otherElection = encodeDefinition({ ...aDefinition(), election: '5f0c8d2e-1b7a-4c39-8e64-92a1d3b7f046' });
const otherDefinitionsBallot = await seal(await contextOf(otherDefinition, keys.publicKeyPem), [[2]]);
const otherElectionsBallot = await seal(await contextOf(otherElection, keys.publicKeyPem), [[2]]);
const copied = `${header}.${otherKeysBallot.split('.').slice(1).join('.')}`;

const withSegment = (at: number, text: string) => ballot.split('.').with(at, text).join('.');
const withHeader = (json: string) => withSegment(0, encodeBase64url(utf8(json)));
const members = ballotHeader(context);
/** The last character of a segment with its unused low bits set: the same bytes, another text. */
const trailing = (segment: string) => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return `${segment.slice(0, -1)}${alphabet[alphabet.indexOf(segment.at(-1)!) + 1]}`;
};
const aboveModulus = context.modulus.map((byte, i) => (i === 254 ? 0xff : byte));

const TAMPERED: readonly (readonly [string, unknown, SealedBallotProblem, BallotFault])[] = [
  ['no text', undefined, 'malformed-ballot', 'type'],
  ['an object', { toString: () => ballot }, 'malformed-ballot', 'type'],
  ['a list', [ballot], 'malformed-ballot', 'type'],
  ['an empty text', '', 'malformed-ballot', 'segments'],
  ['too long', ballot.padEnd(BALLOT_LENGTH_LIMIT + 1, 'A'), 'oversized-ballot', 'length'],
  ['nothing but dots', '.'.repeat(BALLOT_LENGTH_LIMIT), 'malformed-ballot', 'segments'],
  ['cut after the fourth segment', ballot.slice(0, ballot.lastIndexOf('.')), 'malformed-ballot', 'segments'],
  ['followed by a sixth segment', `${ballot}.`, 'malformed-ballot', 'segments'],
  ['followed by a line end', `${ballot}\n`, 'malformed-ballot', 'tag-length'],
  ['preceded by a space', ` ${ballot}`, 'malformed-ballot', 'header'],
  ['cut by one character', ballot.slice(0, -1), 'malformed-ballot', 'tag-length'],
  ['without header', withSegment(0, ''), 'malformed-ballot', 'header'],
  ['headed by no JSON', withHeader('votix'), 'malformed-ballot', 'header'],
  [
    'headed by other bytes than UTF-8',
    withSegment(0, encodeBase64url(Uint8Array.of(0xff))),
    'malformed-ballot',
    'header',
  ],
  [
    'headed in another order',
    withHeader(JSON.stringify(Object.fromEntries(Object.entries(members).toReversed()))),
    'malformed-ballot',
    'header',
  ],
  [
    'headed with one member more',
    withHeader(JSON.stringify({ ...members, crit: ['votix'] })),
    'malformed-ballot',
    'header',
  ],
  [
    'headed by another algorithm',
    withHeader(JSON.stringify({ ...members, alg: 'RSA-OAEP' })),
    'malformed-ballot',
    'header',
  ],
  ['headed by no encryption', withHeader(JSON.stringify({ ...members, enc: 'none' })), 'malformed-ballot', 'header'],
  ['headed with spaces', withHeader(JSON.stringify(members).replace(',', ', ')), 'malformed-ballot', 'header'],
  ['of another format', withHeader(JSON.stringify({ ...members, votix: 2 })), 'other-format', 'header'],
  ['of another key', otherKeysBallot, 'other-key', 'header'],
  ['of another election', otherElectionsBallot, 'other-election', 'header'],
  ['of another definition', otherDefinitionsBallot, 'other-election', 'header'],
  ['with an encrypted key cut', withSegment(1, encryptedKey.slice(1)), 'malformed-ballot', 'encrypted-key-length'],
  ['without encrypted key', withSegment(1, ''), 'malformed-ballot', 'encrypted-key-length'],
  [
    'with an encrypted key in other letters',
    withSegment(1, `+${encryptedKey.slice(1)}`),
    'malformed-ballot',
    'encrypted-key-encoding',
  ],
  [
    'with trailing bits in the encrypted key',
    withSegment(1, trailing(encryptedKey)),
    'malformed-ballot',
    'encrypted-key-encoding',
  ],
  [
    'with an encrypted key equal to n',
    withSegment(1, encodeBase64url(context.modulus)),
    'malformed-ballot',
    'encrypted-key-range',
  ],
  [
    'with an encrypted key above n',
    withSegment(1, encodeBase64url(aboveModulus)),
    'malformed-ballot',
    'encrypted-key-range',
  ],
  [
    'with an encrypted key of all ones',
    withSegment(1, encodeBase64url(new Uint8Array(256).fill(0xff))),
    'malformed-ballot',
    'encrypted-key-range',
  ],
  ['with an IV cut', withSegment(2, iv.slice(1)), 'malformed-ballot', 'iv-length'],
  ['with an IV of 16 bytes', withSegment(2, encodeBase64url(new Uint8Array(16))), 'malformed-ballot', 'iv-length'],
  ['with an IV in other letters', withSegment(2, `${iv.slice(1)}=`), 'malformed-ballot', 'iv-encoding'],
  ['with a longer ciphertext', withSegment(3, `${ciphertext}AA`), 'malformed-ballot', 'ciphertext-length'],
  ['without ciphertext', withSegment(3, ''), 'malformed-ballot', 'ciphertext-length'],
  [
    'with trailing bits in the ciphertext',
    withSegment(3, trailing(ciphertext)),
    'malformed-ballot',
    'ciphertext-encoding',
  ],
  ['with a shorter tag', withSegment(4, encodeBase64url(new Uint8Array(12))), 'malformed-ballot', 'tag-length'],
  ['with a tag in other letters', withSegment(4, `/${tag.slice(1)}`), 'malformed-ballot', 'tag-encoding'],
  ['with trailing bits in the tag', withSegment(4, trailing(tag)), 'malformed-ballot', 'tag-encoding'],
];

for (const [claim, tampered, reason, fault] of TAMPERED) {
  test(`a ballot ${claim} is refused: ${reason}, ${fault}`, () => {
    expect(verifySealedBallot(context, tampered)).toEqual({ ok: false, reason, fault });
  });
}

test("another key's ballot under our header passes without a key, unless its encrypted key is too large", () => {
  const verified = verifySealedBallot(context, copied);
  expect(verified.ok || verified.fault === 'encrypted-key-range').toBe(true);
});

test('one more character anywhere, one less anywhere: never a ballot', () => {
  for (let at = 0; at <= ballot.length; at += 1) {
    const longer = `${ballot.slice(0, at)}A${ballot.slice(at)}`;
    expect(verifySealedBallot(context, longer).ok, `A at ${at}`).toBe(false);
    if (at < ballot.length)
      expect(verifySealedBallot(context, ballot.slice(0, at) + ballot.slice(at + 1)).ok).toBe(false);
  }
});

test('there is no context for another definition or key than ours', async () => {
  expect(await ballotContext('{}', keys.publicKeyPem)).toEqual({ ok: false, reason: 'definition-version' });
  expect(readBallotContext(aDefinitionText(), 'x')).toEqual({ ok: false, reason: 'malformed-public-key' });
});
