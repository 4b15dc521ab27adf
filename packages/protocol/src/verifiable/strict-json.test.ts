import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseStrictJson } from './strict-json.ts';

test('what JSON.stringify writes is read as it was', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 8 }), (value) => {
      const text = JSON.stringify(value);
      expect(parseStrictJson(text)).toEqual({ ok: true, value: JSON.parse(text) });
      const spaced = JSON.stringify(value, undefined, 2);
      expect(parseStrictJson(spaced)).toEqual({ ok: true, value: JSON.parse(text) });
    }),
    { numRuns: 300 },
  );
});

const twice = [
  '{"a":1,"a":1}',
  '{"a":1,"b":2,"a" : 3}',
  '[{"x":{"a":1,"a":2}}]',
  '{"a":1,"\\u0061":2}',
  '{"":1,"":2}',
  '{"a\\"b":1,"a\\"b":2}',
  '{"__proto__":1,"__proto__":2}',
];
for (const text of twice) {
  test(`a member named twice is refused: ${text}`, () => {
    expect(parseStrictJson(text)).toEqual({ ok: false, reason: 'json-duplicate-member' });
  });
}

const once = [
  '{"a":"a","b":"a"}',
  '[{"a":1},{"a":1}]',
  '{"a":{"a":{"a":1}}}',
  '{"x":"{\\"a\\":1,\\"a\\":2}"}',
  '["a","a"]',
];
for (const text of once) {
  test(`names that repeat elsewhere, or in a text, are no repetition: ${text}`, () => {
    expect(parseStrictJson(text)).toMatchObject({ ok: true });
  });
}

test('no JSON is no JSON', () => {
  for (const text of ['', '{', '{"a":1,}', "{'a':1}", '01', 'NaN', '{"a":1}{', '\uFEFF{}']) {
    expect(parseStrictJson(text)).toEqual({ ok: false, reason: 'json-malformed' });
  }
});

test('a string of ten million characters, or of as many escapes, is read: nobody else can end the reader', () => {
  for (const long of ['a'.repeat(10_000_000), '\\'.repeat(10_000_000)]) {
    const text = JSON.stringify({ [long]: long });
    expect(parseStrictJson(text).ok).toBe(true);
  }
});

test('deep nesting is refused, however deep', () => {
  for (const depth of [25, 1000, 1_000_000]) {
    const { ok } = parseStrictJson(`${'['.repeat(depth)}${']'.repeat(depth)}`);
    expect(ok).toBe(false);
  }
});
