import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseJson } from './json.ts';

const padding = ' '.repeat(5_000_001);

test('a text of as many values as no file of an election has is refused, whatever they are', () => {
  for (const many of ['['.repeat(5_000_001), `[${'{},'.repeat(3_000_000)}{}]`, `[${'1,'.repeat(5_000_001)}1]`]) {
    expect(parseJson(many)).toBeUndefined();
  }
  expect((parseJson(`[${'1,'.repeat(4_999_000)}1]`) as readonly number[]).length).toBe(4_999_001);
});

test('what stands in a string is no value, however it is escaped', () => {
  const brackets = '[{,'.repeat(2_000_000);
  expect(parseJson(JSON.stringify(brackets))).toBe(brackets);
  expect(parseJson(`["\\\\","${brackets}\\"",1]`)).toEqual(['\\', `${brackets}"`, 1]);
  expect(parseJson(`["${brackets}`)).toBeUndefined();
});

test('a long text reads as the runtime reads it', () => {
  fc.assert(
    fc.property(fc.json(), (json) => {
      expect(parseJson(padding + json)).toEqual(JSON.parse(json));
    }),
    { numRuns: 30 },
  );
});
