// Links, keys and codes of whole rolls by threads of their own, which live as long as one call: two sealed values for each voter
// would keep the thread that answers busy for many seconds (docs/decisions/087-links-in-threads.md).

import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { type Issued, issueHere, type Issuer } from '../domain/links.ts';
import { slices } from '../domain/turns.ts';
import type { Vault } from '../domain/vault.ts';

/** Fewer are made before a thread has started. */
const fewest = 1000;
const slice = 200;

/** `secret` is what the vault was opened with. */
export function createIssuer(secret: string, vault: Vault, threads = availableParallelism()): Issuer {
  return (voterIds, now) =>
    voterIds.length < fewest ? issueHere(vault)(voterIds, now) : issueInThreads(secret, threads, { voterIds, now });
}

interface Order {
  readonly voterIds: readonly string[];
  readonly now: number;
}

async function* issueInThreads(secret: string, size: number, { voterIds, now }: Order): AsyncGenerator<Issued[]> {
  const threads = Array.from({ length: size }, () => startThread(secret));
  const waiting = slices(voterIds, slice);
  const asked: Promise<Issued[]>[] = [];
  let turn = 0;
  const ask = () => {
    const { value } = waiting.next();
    if (!value) return;
    const issued = threads[turn++ % size]!.issue({ voterIds: value, now });
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

interface Asked {
  readonly resolve: (issued: Issued[]) => void;
  readonly reject: (error: Error) => void;
}

/** It holds no more than two slices: without a limit, V8 lets a hundred megabytes of what is done with gather. */
const resourceLimits = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 64 } as const;

/** It answers in the order in which it is asked. */
function startThread(secret: string) {
  const worker = new Worker(new URL('./issue-worker.ts', import.meta.url), { workerData: secret, resourceLimits });
  const asked: Asked[] = [];
  let failure: Error | undefined;
  worker.on('message', (issued: Issued[]) => asked.shift()?.resolve(issued));
  worker.once('error', (error) => {
    failure = error instanceof Error ? error : new Error(String(error));
  });
  worker.once('exit', () => {
    failure ??= new Error('The making of links was interrupted.');
    for (const { reject } of asked.splice(0)) reject(failure);
  });
  return {
    issue: (order: Order) =>
      new Promise<Issued[]>((resolve, reject) => {
        if (failure) return reject(failure);
        asked.push({ resolve, reject });
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker of Node has no origin
        worker.postMessage(order);
      }),
    end: () => worker.terminate(),
  };
}
