import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  TAG,
  magnitudeOf,
  readElements,
  readOnly,
  readSequence,
  readUnsigned,
  smallNumber,
  writeDer,
  writeUnsigned,
} from './der.ts';

const anyBytes = fc.uint8Array({ maxLength: 300 }).map((bytes) => new Uint8Array(bytes));
const bytesOf = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

test('any contents survive writing and reading', () => {
  fc.assert(
    fc.property(fc.array(anyBytes, { maxLength: 5 }), (contents) => {
      const sequence = writeDer(TAG.sequence, ...contents.map((content) => writeDer(TAG.octetString, content)));
      expect(readSequence(readOnly(sequence))).toEqual(contents.map((content) => ({ tag: TAG.octetString, content })));
    }),
  );
});

test('lengths take the shortest form on both sides of each border', () => {
  for (const length of [0, 1, 127, 128, 255, 256, 65_535, 65_536]) {
    const content = new Uint8Array(length);
    expect(readOnly(writeDer(TAG.octetString, content))?.content).toHaveLength(length);
  }
  expect(writeDer(TAG.octetString, new Uint8Array(127)).slice(0, 2)).toEqual(bytesOf('047f'));
  expect(writeDer(TAG.octetString, new Uint8Array(128)).slice(0, 3)).toEqual(bytesOf('048180'));
  expect(writeDer(TAG.octetString, new Uint8Array(256)).slice(0, 4)).toEqual(bytesOf('04820100'));
});

test('X.690: what reads is the only encoding of what it says', () => {
  const nearly = fc.array(fc.constantFrom(0x00, 0x01, 0x02, 0x04, 0x05, 0x30, 0x7f, 0x80, 0x81, 0x82, 0xff), {
    maxLength: 9,
  });
  fc.assert(
    fc.property(nearly, (values) => {
      const bytes = Uint8Array.from(values);
      const elements = readElements(bytes);
      const written = (elements ?? []).map(({ tag, content }) => writeDer(tag as typeof TAG.null, content));
      if (elements !== undefined) expect(written.flatMap((element) => [...element])).toEqual(values);
    }),
    { numRuns: 5000 },
  );
});

test('any number survives as INTEGER, as its magnitude and as a small number', () => {
  fc.assert(
    fc.property(fc.nat({ max: 2 ** 48 - 1 }), (number) => {
      expect(smallNumber(readUnsigned(readOnly(writeUnsigned(magnitudeOf(number)))))).toBe(number);
    }),
  );
});

test('X.690 §8.3: an INTEGER with a set top bit gets a zero byte, zero is one byte', () => {
  expect(writeUnsigned(bytesOf('80'))).toEqual(bytesOf('02020080'));
  expect(writeUnsigned(bytesOf('00007f'))).toEqual(bytesOf('02017f'));
  expect(writeUnsigned(new Uint8Array())).toEqual(bytesOf('020100'));
});

const REFUSED: readonly (readonly [string, string])[] = [
  ['a tag without length', '04'],
  ['content cut off', '040201'],
  ['an indefinite length', '30800000'],
  ['a length in a longer form than needed', '04810100'],
  ['a length with a leading zero', '0482008000'],
  ['length digits cut off', '048201'],
  ['a length of more than four digits', '04850000000001ff'],
  ['a tag of several bytes', '1f8101ff'],
];
for (const [claim, hex] of REFUSED) {
  test(`${claim} is not DER`, () => {
    expect(readElements(bytesOf(hex))).toBeUndefined();
  });
}

for (const hex of ['0200', '0201ff', '02020001', '0401ff', '02020000']) {
  test(`${hex} is no unsigned INTEGER`, () => {
    expect(readUnsigned(readOnly(bytesOf(hex)))).toBeUndefined();
  });
}

test('bytes after the one element are refused', () => {
  expect(readOnly(bytesOf('050005'))).toBeUndefined();
  expect(readOnly(bytesOf('05000500'))).toBeUndefined();
  expect(readOnly(new Uint8Array())).toBeUndefined();
});

test('a number of more than 48 bits is not small', () => {
  expect(smallNumber(new Uint8Array(7))).toBeUndefined();
  expect(smallNumber(undefined)).toBeUndefined();
});
