import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatReceipt, parseReceipt, receiptOf } from './receipt.ts';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

test('a receipt is the first 160 bits of SHA-256, read as one number in base 32', async () => {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode('abc')));
  // FIPS 180-4: SHA-256("abc") begins with ba7816bf.
  expect(digest.slice(0, 4)).toEqual(Uint8Array.of(0xba, 0x78, 0x16, 0xbf));
  let number = digest.slice(0, 20).reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  let expected = '';
  for (let i = 0; i < 32; i += 1) {
    expected = `${ALPHABET[Number(number % 32n)]}${expected}`;
    number /= 32n;
  }
  expect(receiptOf('abc')).toBe(expected);
});

test('a receipt is 32 characters without I, L, O and U', () => {
  fc.assert(fc.property(fc.string(), (ballot) => /^[0-9A-HJKMNP-TV-Z]{32}$/.test(receiptOf(ballot))));
});

test('a receipt is shown in eight groups of four', () => {
  expect(formatReceipt('0123456789ABCDEFGHJKMNPQRSTVWXYZ')).toBe('0123 4567 89AB CDEF GHJK MNPQ RSTV WXYZ');
});

test('a receipt is read however it is typed: spaces, dashes, lower case, O for 0, I and L for 1', () => {
  const receipt = '0123456789ABCDEFGHJKMNPQRSTVWX10';
  const typings = [
    formatReceipt(receipt),
    receipt.toLowerCase(),
    ` \t${receipt}\n`,
    '0123-4567-89AB-CDEF–GHJK—MNPQ−RSTV‑WX10',
    '0123 4567\u00a089AB\u202fCDEF GHJK MNPQ RSTV WXLO',
    '0i23 4567 89ab cdef ghjk mnpq rstv wxIo',
  ];
  for (const typed of typings) expect(parseReceipt(typed)).toEqual({ ok: true, receipt });
});

test('any receipt survives being shown and typed', () => {
  fc.assert(
    fc.property(fc.string(), (ballot) => {
      const receipt = receiptOf(ballot);
      expect(parseReceipt(formatReceipt(receipt).toLowerCase())).toEqual({ ok: true, receipt });
    }),
  );
});

for (const typed of [
  '',
  'A'.repeat(31),
  'A'.repeat(33),
  `${'A'.repeat(31)}U`,
  `${'A'.repeat(31)}é`,
  `${'A'.repeat(31)}ı`,
]) {
  test(`${JSON.stringify(typed)} is no receipt`, () => {
    expect(parseReceipt(typed)).toEqual({ ok: false, reason: 'malformed-receipt' });
  });
}

test('nothing but a short text is read as a receipt', () => {
  const hostile: readonly unknown[] = [undefined, null, 7, {}, [], ['A'.repeat(32)], ' '.repeat(1_000_000)];
  for (const value of hostile) expect(parseReceipt(value)).toEqual({ ok: false, reason: 'malformed-receipt' });
});
