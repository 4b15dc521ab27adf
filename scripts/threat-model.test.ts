// docs/threat-model.md claims nothing without a test: each claim names one that is there, and each promise names its claims.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { namedTestProblem } from '../tests/support/named-tests.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

const text = read('docs/threat-model.md');
const [before = '', list = ''] = text.split('## Claims and their tests');
const claims = list
  .split('\n')
  .filter((line) => /^\| C\d+ \|/.test(line))
  .map((line) => line.slice(2, -2).split(' | '));

test('the claims are numbered without a gap', () => {
  expect(claims.map(([number]) => number)).toEqual(claims.map((_, index) => `C${index + 1}`));
  expect(claims.length).toBeGreaterThan(40);
});

test.each(claims)('%s names a test that is there: %s', (number, claim = '', proof = '', ...more) => {
  expect([number, more]).toEqual([number, []]);
  expect([number, claim]).toEqual([number, expect.stringMatching(/\S/)]);
  expect([number, namedTestProblem(proof)]).toEqual([number, undefined]);
});

test('every claim is made somewhere, and none that is not in the list', () => {
  const made = new Set([...before.matchAll(/\bC\d+\b/g)].map(([number]) => number));
  expect(made).toEqual(new Set(claims.map(([number]) => number)));
});

/** What somebody can do is a warning; what they cannot, or what happens all the same, is promised. */
const promised =
  /^- \*\*[^*]*\b(?:[Cc]annot|[Dd]oes not|[Nn]othing|[Nn]obody|no (?:choice|trace|count)|counts once|refused)\b/;

test('every promise to somebody who is afraid of somebody names its claims', () => {
  const start = before.indexOf('## Whoever steals the database');
  const section = before.slice(start, before.indexOf('## What a live database still shows'));
  const items = section.split(/\n(?=- |#|\n)/).filter((item) => promised.test(item));
  expect(items.length).toBeGreaterThan(15);
  expect(items.filter((item) => !/\(C\d+/.test(item))).toEqual([]);
});

test('each sealing has a column in each of the two tables', () => {
  const tables = before.split(/\n(?=## )/).filter((part) => part.includes('| sealed box'));
  expect(tables).toHaveLength(2);
  for (const table of tables)
    for (const line of table.split('\n').filter((one) => one.startsWith('|')))
      expect([line, line.split('|').length]).toEqual([line, 7]);
});
