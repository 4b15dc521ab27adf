// The threads that check and make the proofs of verifiable elections: started when they are first needed, one task each at a
// time, the other jobs wait their turn. A thread that breaks fails its task and is replaced by the next.

import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Prover } from '../domain/proofs.ts';

export interface ProofPool {
  readonly prove: Prover;
  close(): Promise<void>;
}

export interface Question {
  readonly kind: string;
  readonly given: readonly unknown[];
}

/** To each question of a task, in their order. */
export type Outcome = { readonly result: unknown } | { readonly error: string };

interface Job {
  readonly question: Question;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** As many as the machine computes with at once: they give way to the thread that answers (proof-worker.ts). */
export const proofThreads = availableParallelism();

/** Some milliseconds each; more would keep the first of them from its answer. */
const mostBallots = 4;

/**
 * One job, or of ballots that wait one thread's share: checked one by one as ever, but asked and answered at once, so that the
 * thread that answers has fewer turns and they come to the same commit.
 */
export function takeTask(waiting: { readonly question: Pick<Question, 'kind'> }[], threads: number): typeof waiting {
  const share = Math.min(mostBallots, Math.ceil(waiting.length / threads));
  const other = waiting.findIndex(({ question }) => question.kind !== 'ballot');
  return waiting.splice(0, Math.max(1, other === -1 ? share : Math.min(share, other)));
}

/** `onWaiting` is told how many jobs wait whenever one more comes. */
export function createProofPool(size = proofThreads, onWaiting: (waiting: number) => void = () => {}): ProofPool {
  const waiting: Job[] = [];
  const idle: Worker[] = [];
  /** What each thread works on. */
  const tasks = new Map<Worker, readonly Job[]>();
  let isClosed = false;

  function start(): Worker {
    const started = new Worker(new URL('./proof-worker.ts', import.meta.url));
    started.unref(); // a server that stops does not wait for it
    started.on('message', (outcomes: readonly Outcome[]) => answered(started, outcomes));
    started.on('error', () => undefined); // it ends, and that is told
    started.once('exit', () => ended(started));
    return started;
  }

  function answered(worker: Worker, outcomes: readonly Outcome[]): void {
    const task = tasks.get(worker) ?? [];
    tasks.set(worker, []);
    idle.push(worker);
    next(); // before the answers, which take this thread's time
    task.forEach(({ resolve, reject }, index) => {
      const outcome = outcomes[index]!;
      if ('error' in outcome) reject(new Error(outcome.error));
      else resolve(outcome.result);
    });
  }

  function ended(worker: Worker): void {
    const task = tasks.get(worker) ?? [];
    tasks.delete(worker);
    if (idle.includes(worker)) idle.splice(idle.indexOf(worker), 1);
    for (const { reject } of task) reject(new Error('The proofs were interrupted.'));
    next();
  }

  function next(): void {
    if (waiting.length === 0) return;
    const worker = idle.pop() ?? (tasks.size < size ? start() : undefined);
    if (!worker) return;
    const task = takeTask(waiting, size) as Job[];
    tasks.set(worker, task);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker of Node has no origin
    worker.postMessage(task.map(({ question }) => question));
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
      await Promise.all([...tasks.keys()].map((worker) => worker.terminate()));
    },
  };
}
