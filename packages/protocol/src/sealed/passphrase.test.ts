import { expect, test } from 'vitest';
import { makePassphrase, parsePassphrase } from './passphrase.ts';

test('a passphrase is seven groups of four characters joined by dashes', () => {
  expect(makePassphrase()).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}$/);
});

test('passphrases differ, and every character of the alphabet comes up about equally often', () => {
  const passphrases = Array.from({ length: 2000 }, makePassphrase);
  expect(new Set(passphrases).size).toBe(2000);
  const counts = new Map<string, number>();
  for (const character of passphrases.join('').replaceAll('-', '')) {
    counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  expect(counts.size).toBe(32);
  // 56,000 draws, 1,750 expected of each, standard deviation 41: seven of them is one false alarm in 10^10 runs.
  for (const count of counts.values()) expect(Math.abs(count - 1750)).toBeLessThan(300);
});

test('a passphrase is read however it is typed, into exactly what openssl is given', () => {
  const passphrase = makePassphrase();
  const typings = [
    passphrase,
    passphrase.toLowerCase(),
    passphrase.replaceAll('-', ' '),
    passphrase.replaceAll('-', ''),
  ];
  for (const typed of [...typings, passphrase.replaceAll('0', 'o').replaceAll('1', 'l')]) {
    expect(parsePassphrase(` ${typed} `)).toEqual({ ok: true, passphrase });
  }
});

for (const typed of ['', 'AAAA', 'A'.repeat(27), 'A'.repeat(29), `${'A'.repeat(27)}U`, `${'A'.repeat(27)}_`]) {
  test(`${JSON.stringify(typed)} is no passphrase`, () => {
    expect(parsePassphrase(typed)).toEqual({ ok: false, reason: 'malformed-passphrase' });
  });
}

test('nothing but a text is read as a passphrase', () => {
  const hostile: readonly unknown[] = [undefined, null, 28, {}, []];
  for (const value of hostile) expect(parsePassphrase(value)).toEqual({ ok: false, reason: 'malformed-passphrase' });
});
