// Links, keys and codes of whole rolls by threads of their own, which live as long as one call: two sealed values for each voter
// would keep the thread that answers busy for many seconds (docs/decisions/087-links-in-threads.md).

import { availableParallelism } from 'node:os';
import { type Issued, issueHere, type Issuer } from '../domain/links.ts';
import { slices } from '../domain/turns.ts';
import type { Vault } from '../domain/vault.ts';
import { startThread } from '../thread.ts';

/** Fewer are made before a thread has started. */
const fewest = 1000;
const slice = 200;

/** `secret` is what the vault was opened with. */
export function createIssuer(secret: string, vault: Vault, threads = availableParallelism()): Issuer {
  return (voterIds, now) =>
    voterIds.length < fewest ? issueHere(vault)(voterIds, now) : issueInThreads(secret, threads, { voterIds, now });
}

export interface Order {
  readonly voterIds: readonly string[];
  readonly now: number;
}

const program = new URL('./issue-worker.ts', import.meta.url);
/** It holds no more than two slices: without a limit, V8 lets a hundred megabytes of what is done with gather. */
const resourceLimits = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 64 } as const;

async function* issueInThreads(secret: string, size: number, { voterIds, now }: Order): AsyncGenerator<Issued[]> {
  const options = { workerData: secret, resourceLimits };
  const threads = Array.from({ length: size }, () => startThread<Order, Issued[]>(program, options));
  const waiting = slices(voterIds, slice);
  const asked: Promise<Issued[]>[] = [];
  let turn = 0;
  const ask = () => {
    const { value } = waiting.next();
    if (!value) return;
    const issued = threads[turn++ % size]!.ask({ voterIds: value, now });
    issued.catch(() => undefined); // whoever waits for it is told; nobody may wait any more
    asked.push(issued);
  };
  try {
    // Two slices each, so that no thread waits for this one; no more, so that memory holds no queue.
    for (let n = 0; n < 2 * size; n++) ask();
    while (asked.length > 0) {
      const issued = await asked.shift()!;
      ask();
      yield issued;
    }
  } finally {
    await Promise.all(threads.map(({ end }) => end()));
  }
}
