import { expect, test } from 'vitest';
import { lineOf, nameOf, paragraphsOf } from './text.ts';

const line = (text: unknown) => lineOf(20).safeParse(text).data;
const paragraphs = (text: unknown) => paragraphsOf(20).safeParse(text).data;

test('a pasted tab or line end becomes a space, ends are cut', () => {
  expect(line(' Ada\tLovelace\r\nByron ')).toBe('Ada Lovelace Byron');
  expect(paragraphs('\r\none\rtwo\r\n\r\nthree\t')).toBe('one\ntwo\n\nthree');
});

test('French spaces and accents stay as they are', () => {
  expect(line('Qui ? Zoë É\u00A0: \u202F!')).toBe('Qui ? Zoë É\u00A0: \u202F!');
});

test('control characters, turned directions, half characters and too long texts are refused', () => {
  for (const text of [
    'a\u0000b',
    'a\u001Bb',
    'a\u0085b',
    'a\uD800b',
    'a\u202Eb',
    'a\u2066b',
    'x'.repeat(21),
    7,
    null,
    undefined,
  ]) {
    expect(line(text)).toBeUndefined();
    expect(paragraphs(text)).toBeUndefined();
  }
  expect(line('x'.repeat(20))).toBe('x'.repeat(20));
});

test('a name is not empty', () => {
  for (const text of ['', ' ', '\t\n']) expect(nameOf(20).safeParse(text).success).toBe(false);
  expect(nameOf(20).parse(' A ')).toBe('A');
});
