// Shares the ballots among workers and gathers every outcome in the order of the box. One failure fails it all, and the
// workers, which hold the private key, are ended in every case.
import type { CryptoKey } from '@votix/protocol';
import { assert } from '../page/assert.ts';
import { trustedWorkerUrl } from '../page/worker-url.ts';
import type { Outcome, WorkerAnswer, WorkerRequest } from './worker-messages.ts';

export interface Opening {
  readonly ballots: readonly string[];
  readonly definition: string;
  readonly publicKey: string;
  readonly privateKey: CryptoKey;
  readonly workerUrl: string;
  readonly signal: AbortSignal;
  readonly onOpened: (count: number) => void;
}

const SLICE = 50;
const MOST_WORKERS = 16;

export async function openBallots(opening: Opening): Promise<readonly Outcome[]> {
  const { ballots, signal, onOpened } = opening;
  const outcomes: Outcome[] = [];
  let next = 0;
  let opened = 0;
  const serve = async (worker: Worker) => {
    while (next < ballots.length) {
      signal.throwIfAborted();
      const from = next;
      next += SLICE;
      const slice = ballots.slice(from, next);
      const answer = await ask(worker, { type: 'open', from, ballots: slice }, signal);
      assert(answer.from === from && answer.outcomes.length === slice.length, 'one outcome for each ballot');
      for (const [index, outcome] of answer.outcomes.entries()) outcomes[from + index] = outcome;
      opened += slice.length;
      onOpened(opened);
    }
  };
  const workers = startWorkers(opening);
  try {
    await Promise.all(workers.map(serve));
    return outcomes;
  } finally {
    for (const worker of workers) worker.terminate();
  }
}

function startWorkers({ ballots, definition, publicKey, privateKey, workerUrl }: Opening): readonly Worker[] {
  const url = trustedWorkerUrl(workerUrl);
  const wanted = Math.ceil(ballots.length / SLICE);
  const count = Math.min(navigator.hardwareConcurrency || 2, MOST_WORKERS, wanted);
  return Array.from({ length: count }, () => {
    const worker = new Worker(url, { type: 'module' });
    send(worker, { type: 'start', definition, publicKey, privateKey });
    return worker;
  });
}

function ask(worker: Worker, request: WorkerRequest, signal: AbortSignal): Promise<WorkerAnswer> {
  return new Promise((resolve, reject) => {
    const done = new AbortController();
    const listen = { signal: done.signal };
    const settle = (end: () => void) => {
      done.abort();
      end();
    };
    worker.addEventListener(
      'message',
      (event: MessageEvent<WorkerAnswer>) => settle(() => resolve(event.data)),
      listen,
    );
    worker.addEventListener('messageerror', () => settle(() => reject(new Error('an unreadable message'))), listen);
    worker.addEventListener('error', () => settle(() => reject(new Error('a worker failed'))), listen);
    signal.addEventListener('abort', () => settle(() => reject(new Error('stopped'))), listen);
    send(worker, request);
  });
}

function send(worker: Worker, request: WorkerRequest): void {
  worker.postMessage(request, []); // a worker has no target origin; nothing is transferred
}
