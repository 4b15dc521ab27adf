import { expect, test } from 'vitest';
import { createUnderway } from './underway.ts';

test('each end is told once to who waits, and the count goes down', async () => {
  const underway = createUnderway();
  const [first, second] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  underway.add(first.promise);
  underway.add(second.promise);
  expect(underway.size()).toBe(2);
  first.resolve();
  await underway.next();
  expect(underway.size()).toBe(1);
  second.resolve();
  await underway.all();
  expect(underway.size()).toBe(0);
});

test('what one threw is thrown to who waits, even later, once the others have ended', async () => {
  const underway = createUnderway();
  const other = Promise.withResolvers<void>();
  underway.add(Promise.reject(new Error('the disk is full')));
  underway.add(other.promise);
  await expect(underway.next()).rejects.toThrow('the disk is full');
  await expect(underway.next()).rejects.toThrow('the disk is full');
  setTimeout(other.resolve, 10);
  await expect(underway.all()).rejects.toThrow('the disk is full');
  expect(underway.size()).toBe(0);
});

test('what a work begins while all are waited for is waited for, too', async () => {
  const underway = createUnderway();
  const late = Promise.withResolvers<void>();
  underway.add(Promise.resolve().then(() => underway.add(late.promise)));
  let isOver = false;
  const all = underway.all().then(() => (isOver = true));
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(isOver).toBe(false);
  late.resolve();
  await all;
});
