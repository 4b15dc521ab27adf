import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openArchive, verifyArchive } from '@votix/protocol/verifiable';
import { expect, test } from 'vitest';
import { type Checker, checking, takeCheckers } from './checkers.ts';
import { checkShared } from './shared-ballots.ts';
import { takeHand } from './threads.ts';

const archive = (name: string) =>
  new Uint8Array(readFileSync(join(import.meta.dirname, `../../../vectors/belenios/${name}.bel`)));

const bytes = archive('ed25519-weights');
const open = () => {
  const opened = openArchive(bytes);
  if (!opened.ok) throw new Error('the archive is whole');
  return opened.archive;
};

test('two threads find what one finds, with weights and a replaced ballot; the last ballot is told', async () => {
  const told: number[] = [];
  const shared = open();
  const checkers = [takeHand(checking, shared.election), takeHand(checking, shared.election)] as Checker[];
  const report = await checkShared(shared, checkers, (done) => told.push(done));
  expect(report).toMatchObject({ ok: true });
  expect(report).toEqual(verifyArchive(bytes));
  expect(told.at(-1)).toBe(report.ballots);
});

test('few ballots are not worth a second thread, and are found the same', async () => {
  const few = open();
  const checkers = takeCheckers(few.election, few.ballots.length);
  expect(checkers).toHaveLength(1);
  expect(await checkShared(few, checkers)).toEqual(verifyArchive(bytes));
});
