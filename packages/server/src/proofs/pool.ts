// The threads that check and make the proofs of verifiable elections: started when they are first needed, one task each, and
// where many ballots wait the next one too; other jobs wait their turn. A thread that breaks fails what it was given and is
// replaced by the next.

import { availableParallelism } from 'node:os';
import type { Prover } from '../domain/proofs.ts';
import { startThread, type Thread } from '../thread.ts';

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
export function takeTask<Waiting extends { readonly question: Pick<Question, 'kind'> }>(
  waiting: Waiting[],
  threads: number,
): Waiting[] {
  const share = Math.min(mostBallots, Math.ceil(waiting.length / threads));
  const other = waiting.findIndex(({ question }) => question.kind !== 'ballot');
  return waiting.splice(0, Math.max(1, other === -1 ? share : Math.min(share, other)));
}

/** Ballots, and as many as a task may have. */
const isWhole = (task: readonly { readonly question: Pick<Question, 'kind'> }[]): boolean =>
  task.length === mostBallots && task.every(({ question }) => question.kind === 'ballot');

interface ProofThread extends Thread<readonly Question[], readonly Outcome[]> {
  /** Asked and not answered yet. */
  tasks: number;
  /** Whether the last of them is of ballots. Behind anything else, which may take seconds, nobody is made to wait. */
  isSoonDone: boolean;
}

const program = new URL('./proof-worker.ts', import.meta.url);

/** `onWaiting` is told how many jobs wait whenever one more comes. */
export function createProofPool(size = proofThreads, onWaiting: (waiting: number) => void = () => {}): ProofPool {
  const waiting: Job[] = [];
  const all = new Set<ProofThread>();
  let isClosed = false;

  function start(): ProofThread {
    const thread = startThread<readonly Question[], readonly Outcome[]>(program, { onEnd: () => all.delete(started) });
    const started: ProofThread = { ...thread, tasks: 0, isSoonDone: false };
    all.add(started);
    return started;
  }

  /** One that has nothing to do; else, where whole tasks wait, one that would have nothing until this thread has time for it. */
  function free(): ProofThread | undefined {
    const idle = [...all].find(({ tasks }) => tasks === 0) ?? (all.size < size ? start() : undefined);
    const isLong = waiting.length >= size * mostBallots && isWhole(waiting.slice(0, mostBallots));
    return idle ?? (isLong ? [...all].find(({ tasks, isSoonDone }) => tasks === 1 && isSoonDone) : undefined);
  }

  function next(): void {
    while (waiting.length > 0) {
      const thread = free();
      if (!thread) return;
      void serve(thread, takeTask(waiting, size));
    }
  }

  async function serve(thread: ProofThread, task: readonly Job[]): Promise<void> {
    try {
      thread.tasks++;
      thread.isSoonDone = task[0]?.question.kind === 'ballot';
      const outcomes = await thread.ask(task.map(({ question }) => question));
      thread.tasks--;
      next(); // before the answers, which take this thread's time
      for (const [index, { resolve, reject }] of task.entries()) {
        const outcome = outcomes[index]!;
        if ('error' in outcome) reject(new Error(outcome.error));
        else resolve(outcome.result);
      }
    } catch (error) {
      for (const { reject } of task) reject(error);
      next();
    }
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
      await Promise.all([...all].map((thread) => thread.end()));
    },
  };
}
