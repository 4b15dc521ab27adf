import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  base64urlLength,
  decodeBase64,
  decodeBase64url,
  encodeBase64,
  encodeBase64url,
  isBase64url,
} from './base64.ts';

const anyBytes = fc.uint8Array({ maxLength: 200 }).map((bytes) => new Uint8Array(bytes));

test('RFC 4648 §10: the published base64 of "foobar" and its beginnings', () => {
  const published = ['', 'Zg==', 'Zm8=', 'Zm9v', 'Zm9vYg==', 'Zm9vYmE=', 'Zm9vYmFy'];
  const encoded = published.map((_, length) => encodeBase64(new TextEncoder().encode('foobar'.slice(0, length))));
  expect(encoded).toEqual(published);
});

test('any bytes survive base64url and base64, in the length foretold', () => {
  fc.assert(
    fc.property(anyBytes, (bytes) => {
      expect(decodeBase64url(encodeBase64url(bytes))).toEqual(bytes);
      expect(decodeBase64(encodeBase64(bytes))).toEqual(bytes);
      expect(encodeBase64url(bytes)).toHaveLength(base64urlLength(bytes.length));
    }),
  );
});

test('no two texts stand for the same bytes: what decodes is what the bytes encode to', () => {
  const nearly = fc.string({ unit: fc.constantFrom(...Array.from('AZaz09-_+/= \n.é')), maxLength: 12 });
  fc.assert(
    fc.property(nearly, (text) => {
      const url = decodeBase64url(text);
      const standard = decodeBase64(text);
      if (url !== undefined) expect(encodeBase64url(url)).toBe(text);
      if (standard !== undefined) expect(encodeBase64(standard)).toBe(text);
    }),
    { numRuns: 2000 },
  );
});

test('canonical is told without decoding, for every end of a text', () => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const ends = Array.from(alphabet, (last) => [last, `A${last}`, `_-${last}`, `Zm9${last}`]).flat();
  const standard = (text: string) => text.replaceAll('-', '+').replaceAll('_', '/');
  const again = (text: string) => btoa(atob(standard(text))).replaceAll('=', '');
  for (const text of ends)
    expect([text, isBase64url(text)]).toEqual([text, text.length % 4 !== 1 && again(text) === standard(text)]);
});

for (const text of ['Zh', 'Zg==', 'Zg=', 'Z', 'Zm9=', 'Zm+v', 'Zm/v', 'Z m8', 'Zm8\n', ' Zm8', 'Zm8é', 'Zm8\0']) {
  test(`base64url refuses ${JSON.stringify(text)}`, () => {
    expect(decodeBase64url(text)).toBeUndefined();
  });
}

for (const text of ['Zh==', 'Zg', 'Zg=', 'Zg===', 'Zm8', 'Zm9=', 'Zm-v', 'Zm_v', 'Zm9v=', '=', '==']) {
  test(`base64 refuses ${JSON.stringify(text)}`, () => {
    expect(decodeBase64(text)).toBeUndefined();
  });
}
