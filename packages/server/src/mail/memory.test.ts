import { expect, test } from 'vitest';
import { createMemory } from './memory.ts';

test('what is asked for again within a moment is read once, and anew afterwards', async () => {
  let [now, readings] = [0, 0];
  const memory = createMemory<number>(() => now);
  const read = () => Promise.resolve(++readings);
  expect(await Promise.all([memory.recall('a', read), memory.recall('a', read)])).toEqual([1, 1]);
  expect(await memory.recall('b', read)).toBe(2);
  now = 1000;
  expect(await memory.recall('a', read)).toBe(1);
  now = 1001;
  expect(await memory.recall('a', read)).toBe(3);
});

test('a reading that failed is tried again', async () => {
  const memory = createMemory<string>(() => 0);
  await expect(memory.recall('a', () => Promise.reject(new Error('gone')))).rejects.toThrow('gone');
  expect(await memory.recall('a', () => Promise.resolve('back'))).toBe('back');
});
