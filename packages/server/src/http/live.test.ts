import { expect, onTestFinished, test, vi } from 'vitest';
import { createLive } from './live.ts';

function aLive(more: { readonly most?: number; readonly mostOfNetwork?: number } = {}) {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const seen = { looks: 0, errors: 0, isBroken: false };
  const live = createLive({
    read: () => (seen.isBroken ? Promise.reject(new Error('The database is away.')) : Promise.resolve(++seen.looks)),
    onError: () => void seen.errors++,
    tickMs: 1_000,
    ...more,
  });
  return { live, seen };
}

test('five hundred who watch cost one look a tick, and everyone is told of it', async () => {
  const { live, seen } = aLive();
  const watchers = Array.from({ length: 500 }, (_, n) => live.watch(`192.0.2.${n % 200}`));
  expect(new Set(await Promise.all(watchers.map(() => live.read())))).toEqual(new Set([1]));
  for (const tick of [2, 3]) {
    const told = Promise.all(watchers.map((watcher) => watcher.next()));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(new Set(await told)).toEqual(new Set([tick]));
  }
  expect(seen.looks).toBe(3);
});

test('nobody watches: nothing is looked up', async () => {
  const { live, seen } = aLive();
  const watcher = live.watch('192.0.2.1');
  watcher.leave();
  await vi.advanceTimersByTimeAsync(10_000);
  expect([seen.looks, await watcher.next(), vi.getTimerCount()]).toEqual([0, undefined, 0]);
});

test('seats are limited, in all and for each network, and are free again when somebody leaves', () => {
  const { live } = aLive({ most: 3, mostOfNetwork: 2 });
  const first = live.watch('192.0.2.1');
  live.watch('192.0.2.1');
  expect([live.isFull('192.0.2.1'), live.isFull('192.0.2.2')]).toEqual([true, false]);
  live.watch('192.0.2.2');
  expect(live.isFull('192.0.2.3')).toBe(true);
  first.leave();
  first.leave();
  expect([live.isFull('192.0.2.1'), live.isFull('192.0.2.3')]).toEqual([false, false]);
});

test('a database that is away for a tick ends nothing; a server that stops sends everyone away', async () => {
  const { live, seen } = aLive();
  const watcher = live.watch('192.0.2.1');
  const told = watcher.next();
  seen.isBroken = true;
  await vi.advanceTimersByTimeAsync(1_000);
  seen.isBroken = false;
  await vi.advanceTimersByTimeAsync(1_000);
  expect([await told, seen.errors]).toEqual([1, 1]);
  const last = watcher.next();
  live.close();
  expect([await last, await watcher.next(), live.isFull('192.0.2.9')]).toEqual([undefined, undefined, true]);
});
