// One thread of the pool: makes what domain/proofs.ts says, one after another.

import { constants, setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { proofs } from '../domain/proofs.ts';
import type { Outcome, Question } from './pool.ts';

// On Linux a priority belongs to a thread: where both want the same core, the one that answers requests gets it. Elsewhere it
// would be the whole server's.
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

parentPort?.on('message', (task: readonly Question[]) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port of Node has no origin
  parentPort?.postMessage(task.map(answer));
});

function answer({ kind, given }: Question): Outcome {
  try {
    return { result: (proofs[kind as keyof typeof proofs] as (...given: readonly unknown[]) => unknown)(...given) };
  } catch (error) {
    return { error: String(error) };
  }
}
