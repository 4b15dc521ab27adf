// The threads that check and make the proofs of verifiable elections: started when they are first needed, one job each at a
// time, the others wait their turn. A thread that breaks fails its job and is replaced by the next.

import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Prover } from '../domain/proofs.ts';

export interface ProofPool {
  readonly prove: Prover;
  close(): Promise<void>;
}

type Outcome = { readonly result: unknown } | { readonly error: string };

interface Job {
  readonly question: { readonly kind: string; readonly given: readonly unknown[] };
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** As many as the machine computes with at once: they give way to the thread that answers (proof-worker.ts). */
export const proofThreads = availableParallelism();

/** `onWaiting` is told how many jobs wait whenever one more comes. */
export function createProofPool(size = proofThreads, onWaiting: (waiting: number) => void = () => {}): ProofPool {
  const waiting: Job[] = [];
  const idle: Worker[] = [];
  const all = new Set<Worker>();
  let isClosed = false;

  function start(): Worker {
    const started = new Worker(new URL('./proof-worker.ts', import.meta.url));
    started.unref(); // a server that stops does not wait for it
    started.once('exit', () => {
      all.delete(started);
      if (idle.includes(started)) idle.splice(idle.indexOf(started), 1);
    });
    all.add(started);
    return started;
  }

  function next(): void {
    if (waiting.length === 0) return;
    const worker = idle.pop() ?? (all.size < size ? start() : undefined);
    if (worker) void serve(worker, waiting.shift()!);
  }

  async function serve(worker: Worker, { question, resolve, reject }: Job): Promise<void> {
    try {
      const outcome = await ask(worker, question);
      if (all.has(worker)) idle.push(worker);
      if ('error' in outcome) reject(new Error(outcome.error));
      else resolve(outcome.result);
    } catch (error) {
      reject(error);
    }
    next();
  }

  return {
    prove: (kind, ...given) =>
      new Promise((resolve, reject) => {
        if (isClosed) return reject(new Error('No more proofs are checked.'));
        waiting.push({ question: { kind, given }, resolve: resolve as (result: unknown) => void, reject });
        next();
        onWaiting(waiting.length);
      }),
    close: async () => {
      isClosed = true;
      for (const { reject } of waiting.splice(0)) reject(new Error('No more proofs are checked.'));
      await Promise.all([...all].map((worker) => worker.terminate()));
    },
  };
}

async function ask(worker: Worker, question: Job['question']): Promise<Outcome> {
  const ended = new AbortController();
  const { signal } = ended;
  const broken = once(worker, 'exit', { signal }).then((): never => {
    throw new Error('The proofs were interrupted.');
  });
  try {
    const answered = once(worker, 'message', { signal });
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker of Node has no origin
    worker.postMessage(question);
    const [outcome] = (await Promise.race([answered, broken])) as [Outcome];
    return outcome;
  } finally {
    broken.catch(() => undefined);
    ended.abort();
  }
}
