// The pool of threads: what it answers is what the functions answer; a thread that breaks fails its task and no other.

import { expect, onTestFinished, test } from 'vitest';
import { ed25519Group } from '../../../protocol/src/verifiable/ed25519.ts';
import { aBallot, aBoard, YES_OR_NO } from '../../../protocol/src/verifiable/sample-board.ts';
import { proveHere } from '../domain/proofs.ts';
import { createProofPool, takeTask } from './pool.ts';

function aPool(size: number) {
  const pool = createProofPool(size);
  onTestFinished(() => pool.close());
  return pool;
}

const uuid = '1'.repeat(14);

test('many jobs on few threads: each gets its own answer', async () => {
  const { prove } = aPool(2);
  const counts = [3, 1, 4, 1, 5, 2];
  const made = await Promise.all(counts.map((count) => prove('credentials', 'Ed25519', uuid, count)));
  expect(made.map(({ length }) => length)).toEqual(counts);
  const publicTexts = made.flat().map(({ publicText }) => publicText);
  expect(new Set(publicTexts).size).toBe(16);
  const list = await prove('credentialList', 'Ed25519', publicTexts);
  expect(list).toBe(await proveHere('credentialList', 'Ed25519', publicTexts));
});

test('a job that fails is told, and the thread goes on', async () => {
  const { prove } = aPool(1);
  const [failed, next] = await Promise.allSettled([
    prove('ballot', 'no election', 'no ballot'),
    prove('credentials', 'Ed25519', uuid, 1),
  ]);
  expect(failed).toMatchObject({ status: 'rejected' });
  expect(next).toMatchObject({ status: 'fulfilled' });
});

test('ballots that wait are dealt out, some to each thread and no more; of anything else one at a time', () => {
  const waiting = (kinds: string) =>
    kinds.split('').map((kind) => ({ question: { kind: kind === 'b' ? 'ballot' : kind } }));
  const taken = (kinds: string, threads: number) => takeTask(waiting(kinds), threads).length;
  expect([taken('b', 2), taken('bb', 2), taken('bbbbb', 2), taken('b'.repeat(100), 2)]).toEqual([1, 1, 3, 4]);
  expect([taken('cbbb', 1), taken('cc', 1), taken('bbcb', 1)]).toEqual([1, 1, 2]);
  const left = waiting('bbc');
  expect(takeTask(left, 1)).toHaveLength(2);
  expect(left).toEqual(waiting('c'));
});

test('where many ballots wait a busy thread has its next task before it is done; behind anything else nobody waits', async () => {
  const asked = async (...kinds: ('ballot' | 'credentials')[]) => {
    const waiting: number[] = [];
    const pool = createProofPool(1, (count) => waiting.push(count));
    const answers = kinds.map((kind) =>
      kind === 'ballot' ? pool.prove(kind, 'no election', '') : pool.prove(kind, 'Ed25519', uuid, 1),
    );
    await Promise.allSettled(answers);
    await pool.close();
    return waiting;
  };
  const ballots = Array<'ballot'>(10).fill('ballot');
  expect(await asked(...ballots)).toEqual([0, 1, 2, 3, 0, 1, 2, 3, 4, 5]);
  expect(await asked('credentials', ...ballots.slice(5))).toEqual([0, 1, 2, 3, 4, 5]);
  expect(await asked(...ballots.slice(6), 'credentials', 'ballot')).toEqual([0, 1, 2, 3, 4, 5]);
});

test('of ballots that are checked together each gets its own answer', async () => {
  const { prove } = aPool(1);
  const board = await aBoard({
    group: ed25519Group,
    questions: [YES_OR_NO],
    singles: 1,
    weights: [1, 1, 1],
    votes: [],
  });
  const ballots = [0, 1, 2].map((voter) => aBallot(board, { voter, choices: [[voter % 2]] }));
  const asked = [ballots[0]!, 'no ballot', ballots[1]!, ballots[2]!];
  const verdicts = await Promise.all(asked.map((ballot) => prove('ballot', board.texts.election, ballot)));
  expect(verdicts.map((verdict) => verdict.ok)).toEqual([true, false, true, true]);
  expect(verdicts).toEqual(await Promise.all(asked.map((ballot) => proveHere('ballot', board.texts.election, ballot))));
});

test('a closed pool answers nobody and leaves nobody waiting', async () => {
  const pool = createProofPool(1);
  const asked = [1, 2, 3].map((count) => pool.prove('credentials', 'BELENIOS-2048', uuid, count * 50));
  const settled = Promise.allSettled(asked);
  await pool.close();
  expect((await settled).map(({ status }) => status)).toEqual(Array(3).fill('rejected'));
  await expect(pool.prove('credentials', 'Ed25519', uuid, 1)).rejects.toThrow('No more proofs');
});
