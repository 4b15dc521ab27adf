// Splitting and combining: any t of n open, t − 1 never do, and each way a share can be wrong has its name.

import * as fc from 'fast-check';
import { combine } from 'shamir-secret-sharing';
import { expect, test } from 'vitest';
import election from '../../../../vectors/sealed/election.json' with { type: 'json' };
import vectors from '../../../../vectors/sealed/shares.json' with { type: 'json' };
import { decodeCrockford, encodeCrockford } from '../encoding/crockford.ts';
import { openKeyFile } from './key-file.ts';
import { makePassphrase } from './passphrase.ts';
import { encodeShare, isSplit, parseShare, shareHash } from './share.ts';
import { combineShares, splitPassphrase } from './split.ts';

const fingerprint = '0123456789abcdef'.repeat(4);
const passphrase = makePassphrase();
const splits = fc
  .integer({ min: 2, max: 10 })
  .chain((holders) => fc.tuple(fc.constant(holders), fc.integer({ min: 2, max: holders })));

const numbersOf = (holders: number) => Array.from({ length: holders }, (_, n) => n);
const splitInto = (holders: number, needed: number) => splitPassphrase({ passphrase, fingerprint, holders, needed });
const shareOf = (text: string) => {
  const parsed = parseShare(text);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.share;
};

test('shares: any t of n, in any order, open', async () => {
  const cases = splits.chain(([holders, needed]) =>
    fc.tuple(
      fc.constant([holders, needed] as const),
      fc.shuffledSubarray(numbersOf(holders), { minLength: needed, maxLength: holders }),
    ),
  );
  await fc.assert(
    fc.asyncProperty(cases, async ([[holders, needed], chosen]) => {
      const shares = await splitInto(holders, needed);
      const given = chosen.map((n) => shares[n]);
      const combined = await combineShares(given, { fingerprint, hashes: shares.map(shareHash) });
      expect(combined).toEqual({ ok: true, passphrase });
    }),
    { numRuns: 60 },
  );
});

test('shares: fewer than t are refused with the number missing, and interpolating them gives another secret', async () => {
  await fc.assert(
    fc.asyncProperty(splits, async ([holders, needed]) => {
      const shares = await splitInto(holders, needed);
      const few = shares.slice(0, needed - 1);
      expect(await combineShares(few)).toEqual({ ok: false, reason: 'too-few-shares', given: needed - 1, needed });
      if (few.length < 2) return;
      const guess = await combine(few.map((text) => shareOf(text).point));
      expect(encodeCrockford(Uint8Array.of(...guess, 0, 0))).not.toContain(passphrase.replaceAll('-', ''));
    }),
    { numRuns: 60 },
  );
});

test('shares: nothing given is too few', async () => {
  const none = { ok: false, reason: 'too-few-shares', given: 0, needed: 2 };
  expect(await combineShares([])).toEqual(none);
  expect(await combineShares([], { hashes: ['', '', ''] })).toEqual(none);
});

test('shares: a share says its place and the key, and is read as people type it', async () => {
  const shares = await splitInto(5, 3);
  for (const [n, text] of shares.entries()) {
    expect(text).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){9}[0-9A-HJKMNP-TV-Z]{4}$/);
    expect(shareOf(text)).toMatchObject({ text, index: n + 1, holders: 5, needed: 3, keyMark: '0123' });
    expect(
      shareOf(` ${text.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')}\n`).text,
    ).toBe(text);
  }
});

test('shares: two splits of one passphrase have no share in common', async () => {
  const [first, second] = [await splitInto(10, 2), await splitInto(10, 2)];
  expect(new Set([...first, ...second]).size).toBe(20);
});

test('shares: every single mistyped character is noticed', async () => {
  const [text = ''] = await splitInto(2, 2);
  const characters = text.replaceAll('-', '');
  const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  const missed: string[] = [];
  for (const [place, right] of Array.from(characters).entries())
    for (const wrong of alphabet) {
      const typed = characters.slice(0, place) + wrong + characters.slice(place + 1);
      if (wrong !== right && parseShare(typed).ok) missed.push(typed);
    }
  // Sixteen bits of checksum: of 1,240 tries one in fifty runs may slip through.
  expect(missed.length).toBeLessThanOrEqual(1);
});

const point = new Uint8Array(19).fill(7);
const good = { index: 1, holders: 3, needed: 2, point, fingerprint };

const spoilt: readonly (readonly [string, (bytes: Uint8Array) => number])[] = [
  ['the version', (bytes: Uint8Array) => (bytes[0] = 0x21)],
  ['an index of nobody', (bytes: Uint8Array) => (bytes[0] = 0x10)],
  ['an index beyond the holders', (bytes: Uint8Array) => (bytes[0] = 0x14)],
  ['one needed', (bytes: Uint8Array) => (bytes[1] = 0x13)],
  ['more needed than there are', (bytes: Uint8Array) => (bytes[1] = 0x43)],
  ['eleven holders', (bytes: Uint8Array) => (bytes[1] = 0x2b)],
  ['a point at zero, which would be the secret itself', (bytes: Uint8Array) => (bytes[20] = 0)],
];

for (const [name, spoil] of spoilt) {
  test(`shares: ${name} is refused even with a right checksum`, async () => {
    const bytes = decodeCrockford(encodeShare(good).replaceAll('-', ''));
    const said = bytes.slice(0, 23);
    spoil(said);
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', said));
    const typed = encodeCrockford(Uint8Array.of(...said, ...digest.slice(0, 2)));
    expect(parseShare(typed)).toEqual({ ok: false, reason: 'unsupported-share' });
  });
}

test('shares: a wrong, foreign, mixed or second one is named with its place', async () => {
  const shares = await splitInto(3, 2);
  const hashes = shares.map(shareHash);
  const again = await splitInto(3, 2);
  const wider = await splitInto(4, 2);
  const foreign = await splitPassphrase({ passphrase, fingerprint: 'f'.repeat(64), holders: 3, needed: 2 });
  const [first = '', second = ''] = shares;
  const name = (given: readonly unknown[], expected = {}) => combineShares(given, { fingerprint, ...expected });
  expect(await name([first, 'nonsense'])).toEqual({ ok: false, reason: 'malformed-share', at: 1 });
  expect(await name([first, 7])).toEqual({ ok: false, reason: 'malformed-share', at: 1 });
  expect(await name([first, first])).toEqual({ ok: false, reason: 'share-given-twice', at: 1 });
  expect(await name([first, again[0]])).toEqual({ ok: false, reason: 'share-given-twice', at: 1 });
  expect(await name([foreign[0], second])).toEqual({ ok: false, reason: 'share-of-other-key', at: 0 });
  expect(await combineShares([first, foreign[1]])).toEqual({ ok: false, reason: 'share-of-other-key', at: 1 });
  expect(await name([first, wider[1]])).toEqual({ ok: false, reason: 'share-of-other-split', at: 1 });
  expect(await name([first, again[1]], { hashes })).toEqual({ ok: false, reason: 'share-of-other-split', at: 1 });
  expect(await name([first, second], { hashes })).toEqual({ ok: true, passphrase });
});

test('shares: mixed ones that nothing tells apart never give the passphrase', async () => {
  for (let n = 0; n < 20; n++) {
    const [shares, again] = [await splitInto(3, 2), await splitInto(3, 2)];
    expect(await combineShares([shares[0], again[1]])).not.toMatchObject({ passphrase });
  }
});

test('shares: 2 ≤ t ≤ n ≤ 10', () => {
  const allowed = [
    [2, 2],
    [10, 2],
    [10, 10],
  ] as const;
  const refused = [
    [1, 1],
    [2, 1],
    [3, 4],
    [11, 2],
    [2.5, 2],
    [3, Number.NaN],
  ] as const;
  for (const [holders, needed] of allowed) expect(isSplit(holders, needed), `${holders} ${needed}`).toBe(true);
  for (const [holders, needed] of refused) expect(isSplit(holders, needed), `${holders} ${needed}`).toBe(false);
});

for (const { name, shares, hashes, verdict } of vectors) {
  test(`vectors: shares, ${name}`, async () => {
    const combined = await combineShares(shares, { fingerprint: election.fingerprint, ...(hashes && { hashes }) });
    expect(combined).toEqual(verdict);
    if (combined.ok) expect(await openKeyFile(election.keyFile, combined.passphrase)).toMatchObject({ ok: true });
  });
}
