// One thread of the pool: makes what domain/proofs.ts says, one after another.

import { constants, setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { type Proofs, proofs } from '../domain/proofs.ts';

interface Question {
  readonly kind: keyof Proofs;
  readonly given: readonly unknown[];
}

// On Linux a priority belongs to a thread: where both want the same core, the one that answers requests gets it. Elsewhere it
// would be the whole server's.
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

parentPort?.on('message', ({ kind, given }: Question) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port of Node has no origin
  parentPort?.postMessage(answer(kind, given));
});

function answer(kind: keyof Proofs, given: readonly unknown[]): unknown {
  try {
    return { result: (proofs[kind] as (...given: readonly unknown[]) => unknown)(...given) };
  } catch (error) {
    return { error: String(error) };
  }
}
