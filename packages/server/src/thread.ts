// A thread of its own that is asked and answers, in the order of the asking. It keeps the process alive only while somebody waits.

import { Worker, type WorkerOptions } from 'node:worker_threads';

export interface Thread<Question, Answer> {
  /** Rejects when the thread ends before it has answered: with what ended it, where it broke. */
  readonly ask: (question: Question) => Promise<Answer>;
  readonly end: () => Promise<unknown>;
}

interface ThreadOptions extends Pick<WorkerOptions, 'workerData' | 'resourceLimits'> {
  /** Before those who wait are told. */
  readonly onEnd?: () => void;
}

export function startThread<Question, Answer>(
  program: URL,
  { onEnd = () => {}, ...options }: ThreadOptions = {},
): Thread<Question, Answer> {
  const worker = new Worker(program, options);
  const waiting: PromiseWithResolvers<Answer>[] = [];
  let ending: Error | undefined;
  worker.unref();
  worker.on('message', (answer: Answer) => {
    waiting.shift()?.resolve(answer);
    if (waiting.length === 0) worker.unref();
  });
  worker.once('error', (error) => {
    ending = error instanceof Error ? error : new Error(String(error));
  });
  worker.once('exit', () => {
    ending ??= new Error('The thread was interrupted.');
    onEnd();
    for (const { reject } of waiting.splice(0)) reject(ending);
  });
  return {
    ask: (question) => {
      if (ending) return Promise.reject(ending);
      const answer = Promise.withResolvers<Answer>();
      waiting.push(answer);
      worker.ref();
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker of Node has no origin
      worker.postMessage(question);
      return answer.promise;
    },
    end: () => worker.terminate(),
  };
}
