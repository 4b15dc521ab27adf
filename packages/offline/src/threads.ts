// Threads that share a long work, each with what it was given at its start. A thread runs the file that asks for it, or the one file
// that the command is bundled into: there it answers when its name is called.

import { availableParallelism } from 'node:os';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

/** Answers one request after the other; some may wait. */
export interface Hand<Request, Answer> {
  /** Rejects when the thread fails. */
  readonly ask: (request: Request) => Promise<Answer>;
  readonly dismiss: () => Promise<unknown>;
}

export interface Trade<Given, Request, Answer> {
  readonly name: string;
  /** `import.meta.url` of the file that calls `answerAs` for it. */
  readonly file: string;
  /** What a thread begins with: how it will answer. */
  readonly learn: (given: Given) => (request: Request) => Answer;
  /** How many pieces are worth the tenth of a second that a thread takes to start. */
  readonly worthAThread: number;
}

/** As many threads as so many pieces are worth; for few of them this one. */
export function takeHands<Given, Request, Answer>(
  trade: Trade<Given, Request, Answer>,
  given: Given,
  pieces: number,
): Hand<Request, Answer>[] {
  const count = Math.min(availableParallelism(), Math.ceil(pieces / trade.worthAThread));
  return count < 2 ? [handHere(trade, given)] : Array.from({ length: count }, () => takeHand(trade, given));
}

export function takeHand<Given, Request, Answer>(
  { name, file }: Trade<Given, Request, Answer>,
  given: Given,
): Hand<Request, Answer> {
  const worker = new Worker(new URL(file), { workerData: { trade: name, given } });
  const waiting: { readonly resolve: (answer: Answer) => void; readonly reject: (error: unknown) => void }[] = [];
  let failure: unknown;
  worker.on('message', (answer: Answer) => waiting.shift()?.resolve(answer));
  worker.on('error', (error) => {
    failure = error;
    for (const { reject } of waiting.splice(0)) reject(error);
  });
  return {
    ask: (request) =>
      new Promise((resolve, reject) => {
        if (failure !== undefined) return reject(failure);
        waiting.push({ resolve, reject });
        worker.postMessage(request, []);
      }),
    dismiss: () => worker.terminate(),
  };
}

function handHere<Given, Request, Answer>(
  { learn }: Trade<Given, Request, Answer>,
  given: Given,
): Hand<Request, Answer> {
  const answer = learn(given);
  return { ask: (request) => Promise.resolve(answer(request)), dismiss: () => Promise.resolve() };
}

/** In a thread of this trade, answers from now on; elsewhere does nothing. */
export function answerAs<Given, Request, Answer>({ name, learn }: Trade<Given, Request, Answer>): void {
  const { trade, given } = (workerData ?? {}) as { readonly trade?: string; readonly given?: Given };
  if (isMainThread || trade !== name) return;
  const answer = learn(given as Given);
  parentPort!.on('message', (request: Request) => parentPort!.postMessage(answer(request), []));
}
