// docs/seed-parity.md has a row for everything, and each names files and tests that are there.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { namedTestProblem } from '../tests/support/named-tests.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

const rows = read('docs/seed-parity.md')
  .split('\n')
  .filter((line) => /^\| *\d+ *\|/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()));

test('the rows are 1 to 64, each with five cells', () => {
  expect(rows.map(([, n]) => Number(n))).toEqual(Array.from({ length: 64 }, (_, index) => index + 1));
  for (const [, n, row, where, proof, done, end, ...more] of rows) {
    expect([n, end, more]).toEqual([n, '', []]);
    for (const cell of [row, where, proof, done]) expect([n, cell]).toEqual([n, expect.stringMatching(/\S/)]);
  }
});

test.each(rows)('%srow %s names what is there: %s', (_, n, _row, where = '', proof = '', done) => {
  for (const [, path = ''] of where.matchAll(/`((?:packages|\.env)[^`]*)`/g))
    expect([n, path, existsSync(join(root, path))]).toEqual([n, path, true]);
  expect([n, done]).toEqual([n, expect.stringMatching(/^(yes|not yet)$/)]);
  if (done === 'yes' || proof.startsWith('`')) expect([n, namedTestProblem(proof)]).toEqual([n, undefined]);
});
