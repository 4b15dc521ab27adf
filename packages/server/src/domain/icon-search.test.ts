import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { searchIcons } from './icon-search.ts';

const drawings = join(import.meta.dirname, '../../../../node_modules/bootstrap-icons/icons');
const names = readdirSync(drawings).map((file) => file.replace(/\.svg$/, ''));
const found = (typed: string, most = 1000) => searchIcons(names, typed, most).found;

test('every icon of the set is there and found by its name', () => {
  expect(names.length).toBeGreaterThan(2000);
  for (const name of names) expect(found(name)).toContain(name);
});

test('nothing typed shows icons that suit buildings, each of which exists', () => {
  expect(found('').length).toBeGreaterThan(50);
  expect(found('  ')[0]).toBe('building');
});

test('words are found in both languages, with accents, capitals, plural and before they are finished', () => {
  for (const word of ['house', 'HOUSE', 'maison', 'Maisons', 'mais']) expect(found(word)).toContain('house');
  for (const word of ['école', 'ECOLE', 'school']) expect(found(word)).toContain('mortarboard');
  expect(found('bâtiment')[0]).toBe('building');
});

test('the class names of Bootstrap are names as well', () => {
  expect(found('bi-building')[0]).toBe('building');
  expect(found('bi bi-building')[0]).toBe('building');
});

test('every word must fit, exact names come first, and the rest is counted', () => {
  expect(found('house heart')).toContain('house-heart');
  expect(found('house heart')).not.toContain('house');
  expect(found('house')[0]).toBe('house');
  const few = searchIcons(names, 'a', 10);
  expect([few.found.length, few.total > 1000]).toEqual([10, true]);
  expect(found('qqq')).toEqual([]);
  expect(found('<b>"qqq')).toEqual([]);
});

test('every word that people may type leads to an icon', () => {
  const source = readFileSync(new URL('./icon-search.ts', import.meta.url), 'utf8');
  const words = [...source.matchAll(/^ {2}([a-z]+): \[(.*)\],$/gm)];
  expect(words.length).toBeGreaterThan(60);
  for (const [, word = '', parts = ''] of words)
    for (const [, part = ''] of parts.matchAll(/'([^']+)'/g))
      expect([word, part, names.some((name) => name.includes(part))]).toEqual([word, part, true]);
});
