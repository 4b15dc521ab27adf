// docs/for-everyone.md promises nothing without a test, a command or a page that is there.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { namedTestProblem } from '../tests/support/named-tests.ts';

const read = (path: string) => readFileSync(join(import.meta.dirname, '..', path), 'utf8');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

const rows = read('docs/for-everyone.md')
  .split('\n')
  .filter((line) => /^\| (\*\*|\|)/.test(line) && !line.includes('shown by'))
  .map((line) =>
    line
      .slice(2, -2)
      .split('| ')
      .map((cell) => cell.trim()),
  );

test('every line of every person is there', () => {
  expect(rows.filter(([who = '']) => who.startsWith('**'))).toHaveLength(8);
  expect(rows.length).toBeGreaterThan(40);
});

test.each(rows)('%s %s names what is there: %s', (_who, what = '', proof = '', ...more) => {
  expect([what, more]).toEqual([what, []]);
  const [, command] = /`npm run ([a-z]+)`/.exec(proof) ?? [];
  if (command !== undefined) expect([what, scripts[command]]).toEqual([what, expect.any(String)]);
  const [, heading] = /CONTRIBUTING\.md\), "(.+)"/.exec(proof) ?? [];
  if (heading !== undefined) expect(read('CONTRIBUTING.md')).toContain(`## ${heading}`);
  const namesTest = proof.includes('.test.ts');
  expect([what, command ?? heading ?? namesTest]).not.toEqual([what, false]);
  if (namesTest) expect([what, namedTestProblem(proof)]).toEqual([what, undefined]);
});
