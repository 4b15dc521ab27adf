// Shares the ballots among workers and gathers every outcome in the order of the box. One failure fails it all, and the
// workers, which hold the private key, must be ended in every case.
import type { CryptoKey } from '@votix/protocol';
import { assert } from '../page/assert.ts';
import { trustedWorkerUrl } from '../page/worker-url.ts';
import type { Outcome, WorkerAnswer, WorkerRequest } from './worker-messages.ts';

export interface Opening {
  /** How many there will be. */
  readonly ballots: number;
  readonly definition: string;
  readonly publicKey: string;
  readonly privateKey: CryptoKey;
  readonly workerUrl: string;
  readonly signal: AbortSignal;
}

export interface Workers {
  readonly open: (ballots: readonly string[], onOpened: (count: number) => void) => Promise<readonly Outcome[]>;
  readonly end: () => void;
}

const SLICE = 100;
const MOST_WORKERS = 16;
/** Slices a worker has at once, so that it never waits for this page, which also draws. */
const AHEAD = 2;

/** They load and take the key while the box is still being read and checked. */
export function startWorkers(opening: Opening): Workers {
  const { signal } = opening;
  const url = trustedWorkerUrl(opening.workerUrl);
  const wanted = Math.ceil(opening.ballots / SLICE);
  const count = Math.min(navigator.hardwareConcurrency || 2, MOST_WORKERS, wanted);
  const workers = Array.from({ length: count }, () => startWorker(url, opening));
  return {
    open: (ballots, onOpened) => share(ballots, workers, signal, onOpened),
    end: () => {
      for (const { worker } of workers) worker.terminate();
    },
  };
}

interface StartedWorker {
  readonly worker: Worker;
  /** Rejects when it breaks, also before it was asked anything. */
  readonly broken: Promise<never>;
}

function startWorker(url: string | URL, { definition, publicKey, privateKey, signal }: Opening): StartedWorker {
  const worker = new Worker(url);
  const broken = new Promise<never>((_, reject) => {
    worker.addEventListener('messageerror', () => reject(new Error('an unreadable message')));
    worker.addEventListener('error', () => reject(new Error('a worker failed')));
    signal.addEventListener('abort', () => reject(new Error('stopped')));
  });
  broken.catch(() => undefined); // whoever asks it is told
  send(worker, { type: 'start', definition, publicKey, privateKey });
  return { worker, broken };
}

async function share(
  ballots: readonly string[],
  workers: readonly StartedWorker[],
  signal: AbortSignal,
  onOpened: (count: number) => void,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  let next = 0;
  let opened = 0;
  const serve = async (worker: StartedWorker) => {
    while (next < ballots.length) {
      signal.throwIfAborted();
      const from = next;
      next += SLICE;
      const slice = ballots.slice(from, next);
      const answer = await ask(worker, from, slice);
      assert(answer.outcomes.length === slice.length, 'one outcome for each ballot');
      for (const [index, outcome] of answer.outcomes.entries()) outcomes[from + index] = outcome;
      opened += slice.length;
      onOpened(opened);
    }
  };
  await Promise.all(workers.flatMap((worker) => Array.from({ length: AHEAD }, () => serve(worker))));
  return outcomes;
}

function ask({ worker, broken }: StartedWorker, from: number, ballots: readonly string[]): Promise<WorkerAnswer> {
  const done = new AbortController();
  const answered = new Promise<WorkerAnswer>((resolve) => {
    const listen = ({ data }: MessageEvent<WorkerAnswer>) => {
      if (data.from === from) resolve(data);
    };
    worker.addEventListener('message', listen, { signal: done.signal });
  });
  send(worker, { type: 'open', from, ballots });
  return Promise.race([answered, broken]).finally(() => done.abort());
}

function send(worker: Worker, request: WorkerRequest): void {
  worker.postMessage(request, []); // a worker has no target origin; nothing is transferred
}
