import { expect, test } from 'vitest';
import { createBoxHash } from './box.ts';
import { receiptOf } from './receipt.ts';

const ballots = ['a', 'b', 'c', 'd'].toSorted((a, b) => (receiptOf(a) < receiptOf(b) ? -1 : 1));
const [first = '', second = ''] = ballots;

test('the box hash is SHA-256 of the ballots in order of receipt, a line end after each', async () => {
  const hash = createBoxHash();
  for (const ballot of ballots) hash.add(ballot);
  const lines = new TextEncoder().encode(ballots.map((ballot) => `${ballot}\n`).join(''));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', lines));
  expect(hash.digest()).toBe(Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join(''));
});

test('the hash of an empty box is SHA-256 of nothing', () => {
  expect(createBoxHash().digest()).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
});

test('ballots out of order, or one given twice, are impossible', () => {
  const hash = createBoxHash();
  hash.add(second);
  expect(() => hash.add(first)).toThrow('ascending order');
  expect(() => hash.add(second)).toThrow('ascending order');
});
