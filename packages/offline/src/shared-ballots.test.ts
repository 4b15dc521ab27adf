import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openArchive, verifyArchive } from '@votix/protocol/verifiable';
import { expect, test } from 'vitest';
import { takeHand, takeHands } from './hands.ts';
import { checkShared } from './shared-ballots.ts';

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
  const hands = [takeHand(shared.election), takeHand(shared.election)];
  const report = await checkShared(shared, hands, (done) => told.push(done));
  expect(report).toMatchObject({ ok: true });
  expect(report).toEqual(verifyArchive(bytes));
  expect(told.at(-1)).toBe(report.ballots);
});

test('few ballots are not worth a second thread, and are found the same', async () => {
  const few = open();
  const hands = takeHands(few.election, few.ballots.length);
  expect(hands).toHaveLength(1);
  expect(await checkShared(few, hands)).toEqual(verifyArchive(bytes));
});
