// The pool of threads: what it answers is what the functions answer; a thread that breaks fails one job and no other.

import { expect, onTestFinished, test } from 'vitest';
import { proveHere } from '../domain/proofs.ts';
import { createProofPool } from './pool.ts';

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

test('a closed pool answers nobody and leaves nobody waiting', async () => {
  const pool = createProofPool(1);
  const asked = [1, 2, 3].map((count) => pool.prove('credentials', 'BELENIOS-2048', uuid, count * 50));
  const settled = Promise.allSettled(asked);
  await pool.close();
  expect((await settled).map(({ status }) => status)).toEqual(Array(3).fill('rejected'));
  await expect(pool.prove('credentials', 'Ed25519', uuid, 1)).rejects.toThrow('No more proofs');
});
