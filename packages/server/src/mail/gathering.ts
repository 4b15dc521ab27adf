// Shared commits, as for ballots: what arrives while one is written shares the next.

import { setTimeout as wait } from 'node:timers/promises';

/** `gather` says how long each write waits for more. */
export function createGathering<T>(write: (batch: readonly T[]) => Promise<void>, gather: () => number) {
  let waiting: T[] = [];
  let last: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;
  const writeAfter = async (former: Promise<void>): Promise<void> => {
    await former.catch(() => {}); // told to those who waited for it
    const rest = gather();
    if (rest > 0) await wait(rest);
    const batch = waiting;
    waiting = [];
    next = undefined;
    await write(batch);
  };
  return {
    add: (item: T): Promise<void> => {
      waiting.push(item);
      next ??= last = writeAfter(last);
      return next;
    },
  };
}
