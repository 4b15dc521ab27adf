import { expect, test } from 'vitest';
import { tableDifferences, treeDifferences } from './boundaries/document.ts';
import { barrels, cycles, emptyNames, forbiddenImports, longFiles, missingTargets } from './boundaries/rules.ts';
import { readSource } from './boundaries/sources.ts';
import { renderTable } from './boundaries/table.ts';

const problemsOf = (path: string, text: string) => forbiddenImports([readSource(path, text)]);

test.each([
  ['packages/protocol/src/receipt.ts', `import { createHash } from 'node:crypto';`],
  ['packages/protocol/src/receipt.ts', `import { run } from '../../server/src/main.ts';`],
  ['packages/browser/src/booth/view.ts', `import { arm } from '../keys/arm.ts';`],
  ['packages/browser/src/page/data.ts', `import { view } from '../booth/view.ts';`],
  ['packages/browser/src/booth/view.ts', `import { readFile } from 'node:fs';`],
  ['packages/server/src/http/booth.ts', `import { insertBallot } from '../storage/ballots.ts';`],
  ['packages/server/src/http/booth.ts', `import type { Ballot } from '../storage/ballots.ts';`],
  ['packages/server/src/http/booth.ts', `export { insertBallot } from '../storage/ballots.ts';`],
  ['packages/server/src/http/booth.ts', `await import('../storage/ballots.ts');`],
  ['packages/server/src/http/booth.ts', `await import(name);`.replace('name', '`../storage/${name}`')],
  ['packages/server/src/domain/ballots.ts', `import { send } from '../mail/worker.ts';`],
  ['packages/server/src/domain/ballots.ts', `import { config } from '../config.ts';`],
  ['packages/server/src/storage/ballots.ts', `import { receiptOf } from '@votix/protocol';`],
  ['packages/server/src/views/home.ts', `import { listElections } from '../domain/elections.ts';`],
  ['packages/server/src/domain/ballots.test.ts', `import { view } from '../../../browser/src/booth/view.ts';`],
])('%s may not: %s', (path, text) => {
  expect(problemsOf(path, text)).toHaveLength(1);
});

test.each([
  ['packages/protocol/src/receipt.ts', `import { sha256 } from '@noble/hashes/sha2.js';`],
  ['packages/server/src/domain/ballots.ts', `import type { Config } from '../config.ts';`],
  ['packages/server/src/storage/ballots.ts', `import type { Receipt } from '@votix/protocol';`],
  ['packages/server/src/domain/ballots.ts', `import { insertBallot } from '../storage/ballots.ts';`],
  [
    'packages/server/src/domain/ballots.test.ts',
    `import { createTestDatabase } from '../../../../tests/support/postgres.ts';`,
  ],
  ['packages/server/src/main.ts', `import { buildApp } from './app.ts'; import { open } from './storage/database.ts';`],
])('%s may: %s', (path, text) => {
  expect(problemsOf(path, text)).toEqual([]);
});

test('a file that no row covers is a problem', () => {
  expect(problemsOf('packages/server/src/elsewhere/thing.ts', 'export const thing = 1;')).toHaveLength(1);
});

test('an import circle is named file by file, also when it is made of types', () => {
  const a = readSource('packages/server/src/domain/a.ts', `import type { B } from './b.ts';`);
  const b = readSource('packages/server/src/domain/b.ts', `import { a } from './a.ts';`);
  expect(cycles([a, b])).toEqual([`import cycle: ${a.path} → ${b.path} → ${a.path}`]);
});

test('an import of a file that is not there is a problem', () => {
  const source = readSource('packages/server/src/domain/a.ts', `import { b } from './b.ts';`);
  expect(missingTargets([source], [source.path])).toHaveLength(1);
});

test('a file that only re-exports is a barrel, except the public surface of protocol', () => {
  const text = `export { a } from './a.ts'; export * from './b.ts';`;
  expect(barrels([readSource('packages/server/src/domain/index.ts', text)])).toHaveLength(1);
  expect(barrels([readSource('packages/protocol/src/index.ts', text)])).toEqual([]);
});

test('names that say nothing are refused', () => {
  const files = ['a/utils.ts', 'a/helpers/b.ts', 'a/date-utils.ts', 'a/misc.test.ts', 'a/common-room.ts'];
  expect(emptyNames(files)).toHaveLength(files.length);
  expect(emptyNames(['a/commons.ts', 'a/utilities-bill.ts'])).toEqual([]);
});

test('a file past the cap says at its top why', () => {
  const long = 'export {};\n'.repeat(301);
  expect(longFiles([readSource('scripts/a.ts', long)])).toHaveLength(1);
  expect(longFiles([readSource('scripts/a.ts', `// Longer than 300 lines because of a table.\n${long}`)])).toEqual([]);
});

test('the table of the document is the enforced one, row for row', () => {
  const document = renderTable().join('\n');
  expect(tableDifferences(document)).toEqual([]);
  expect(tableDifferences(document.replace('jose', 'jose, lodash'))).toHaveLength(2);
});

test('the tree names every folder beside those it names, and nothing else', () => {
  const document = '```\nREADME.md\npackages/\n  server/   the server\n    src/\n  ghost/\n```\n';
  const files = ['README.md', 'packages/server/src/main.ts', 'packages/browser/src/build.ts', 'docs/glossary.md'];
  expect(treeDifferences(document, files)).toEqual([
    `ARCHITECTURE.md's tree names packages/ghost, which is not there`,
    `ARCHITECTURE.md's tree does not name the folder docs`,
    `ARCHITECTURE.md's tree does not name the folder packages/browser`,
  ]);
});
