import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { randomBase58 } from './base58.ts';
import { encodeCredentials, readCredentials } from './credential-list.ts';
import { makeCredential, parseCredential, publicCredential } from './credential.ts';
import { ed25519Group } from './ed25519.ts';

test('Belenios specification §4.8: a credential of belenios-tool 3.0 gives the public one that the tool gave', () => {
  const made = publicCredential(ed25519Group, 'QfqHVhjmU2ALAG', '5WfFB-jvRCQS-4fFnE-bNFqeF');
  expect(made).toBe('cf57743da26c94ecda6d67dc825f71183c562f3a67263a2ad25a9dc9a457054f');
});

test('a credential is 22 characters in groups, and read back with any spaces and dashes', () => {
  const credential = makeCredential();
  expect(credential).toMatch(/^[1-9A-HJ-NP-Za-km-z]{5}-[^-]{6}-[^-]{5}-[^-]{6}$/);
  expect(parseCredential(` ${credential.replaceAll('-', ' – ')}\n`)).toBe(credential);
  expect(parseCredential(credential.replaceAll('-', ''))).toBe(credential);
  const others = [
    credential.slice(1),
    `${credential}1`,
    credential.replace(/^./u, '0'),
    '',
    5,
    undefined,
    'x'.repeat(999),
  ];
  for (const other of others) expect(parseCredential(other)).toBeUndefined();
});

test('random texts use the whole alphabet evenly', () => {
  const counts = new Map<string, number>();
  for (const character of randomBase58(5800)) counts.set(character, (counts.get(character) ?? 0) + 1);
  expect(counts.size).toBe(58);
  // Mean 100, standard deviation 10.
  expect(Math.max(...counts.values())).toBeLessThan(160);
  expect(Math.min(...counts.values())).toBeGreaterThan(45);
});

test('a list is written sorted, read in any order, with its weights', () => {
  const listed = [3, 1, 2].map((weight) => ({
    publicCredential: publicCredential(ed25519Group, 'QfqHVhjmU2ALAG', makeCredential()),
    weight,
  }));
  const text = encodeCredentials(ed25519Group, listed, true);
  const read = readCredentials(ed25519Group, text);
  expect(read.ok && new Map(read.credentials)).toEqual(
    new Map(listed.map(({ publicCredential, weight }) => [publicCredential, weight])),
  );
  const reversed = JSON.stringify((JSON.parse(text) as string[]).toReversed());
  expect(readCredentials(ed25519Group, reversed).ok).toBe(true);
  const littleEndian = (JSON.parse(text) as string[]).map((one) =>
    one.slice(0, 64).match(/../g)!.toReversed().join(''),
  );
  expect(littleEndian).toEqual(littleEndian.toSorted((a, b) => (a < b ? -1 : 1)));
});

test('a credential twice, whatever its weight, one that is no element, and a weight that is no number are refused', () => {
  const good = publicCredential(ed25519Group, 'QfqHVhjmU2ALAG', makeCredential());
  const identity = '1'.padStart(64, '0');
  const cases = [
    [[good, good], 'credential-twice', 1],
    [[`${good},1`, `${good},2`], 'credential-twice', 1],
    [[good, 'f'.repeat(64)], 'credential-element', 1],
    [[identity], 'credential-element', 0],
    [[good.toUpperCase()], 'credential-element', 0],
    ...['0', '-1', '1.5', '01', '1e3', '99999999999999999999', ''].map(
      (weight) => [[`${good},${weight}`], 'credential-element', 0] as const,
    ),
    [[`${good},9999999999999999`], 'credentials-malformed', undefined],
    [[5], 'credentials-malformed', undefined],
    [{}, 'credentials-malformed', undefined],
  ] as const;
  for (const [list, reason, at] of cases) {
    expect(readCredentials(ed25519Group, JSON.stringify(list))).toEqual({
      ok: false,
      reason,
      ...(at !== undefined && { at }),
    });
  }
});

test('anything at all as a list of credentials is refused, never thrown at', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      const read = readCredentials(ed25519Group, text);
      expect(read.ok && read.credentials.size > 0).toBe(false);
    }),
    { numRuns: 200 },
  );
});
