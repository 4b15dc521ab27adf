// The worker that makes the integrity checks: started when it is first needed, asked one thing at a time, started again
// after it broke.

import type { CheckName, Finding } from '../domain/inspections.ts';
import type { Inspector } from '../domain/integrity.ts';
import type { DatabaseAddress } from '../storage/database.ts';
import { startThread, type Thread } from '../thread.ts';

export interface InspectorWorker {
  readonly inspect: Inspector;
  close(): Promise<void>;
}

type Outcome = { readonly finding: Finding } | { readonly error: string };

interface Question {
  readonly name: CheckName;
  readonly electionId: string;
}

const program = new URL('./inspection-worker.ts', import.meta.url);

export function createInspector(address: DatabaseAddress): InspectorWorker {
  let thread: Thread<Question, Outcome> | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let isClosed = false;

  async function ask(question: Question): Promise<Finding> {
    if (isClosed) throw new Error('No more checks are made.');
    thread ??= startThread(program, { workerData: address, onEnd: () => (thread = undefined) });
    const outcome = await thread.ask(question);
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
      await thread?.end();
    },
  };
}
