// The worker that makes the integrity checks: started when it is first needed, asked one thing at a time, started again
// after it broke.

import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Finding } from '../domain/inspections.ts';
import type { Inspector } from '../domain/integrity.ts';
import type { DatabaseAddress } from '../storage/database.ts';

export interface InspectorWorker {
  readonly inspect: Inspector;
  close(): Promise<void>;
}

type Outcome = { readonly finding: Finding } | { readonly error: string };

export function createInspector(address: DatabaseAddress): InspectorWorker {
  let worker: Worker | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let isClosed = false;

  function start(): Worker {
    const started = new Worker(new URL('./inspection-worker.ts', import.meta.url), { workerData: address });
    started.unref(); // a server that stops does not wait for it
    started.once('exit', () => {
      if (worker === started) worker = undefined;
    });
    return started;
  }

  async function ask(question: { readonly name: string; readonly electionId: string }): Promise<Finding> {
    if (isClosed) throw new Error('No more checks are made.');
    const asked = (worker ??= start());
    const broken = once(asked, 'exit').then((): never => {
      throw new Error('The checks were interrupted.');
    });
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker of Node has no origin
    asked.postMessage(question);
    const [outcome] = (await Promise.race([once(asked, 'message'), broken])) as [Outcome];
    if ('error' in outcome) throw new Error(outcome.error);
    return outcome.finding;
  }

  return {
    inspect: (name, electionId) => {
      const answered = last.then(() => ask({ name, electionId }));
      last = answered.catch(() => undefined);
      return answered;
    },
    close: async () => {
      isClosed = true;
      await worker?.terminate();
    },
  };
}
