// As many threads as the machine has cores, so that the cryptography of voters and key holder does not slow the requests.

import type { Selections } from '@votix/protocol';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

interface OfElection {
  /** The definition's exact text, as the pages hold it. */
  readonly definition: string;
  readonly publicKey: string;
}

export interface SealedVote {
  readonly ballot: string;
  readonly receipt: string;
}

export type Opened = { readonly selections: Selections } | { readonly reason: string };

export type Job =
  | (OfElection & { readonly kind: 'seal'; readonly items: readonly Selections[] })
  | (OfElection & {
      readonly kind: 'open';
      readonly keyFile: string;
      readonly passphrase: string;
      readonly items: readonly string[];
    });

export type JobResult =
  | { readonly kind: 'seal'; readonly results: readonly SealedVote[] }
  | { readonly kind: 'open'; readonly results: readonly Opened[] };

const slice = 100;

export interface Crew {
  readonly seal: (job: Extract<Job, { kind: 'seal' }>) => Promise<SealedVote[]>;
  readonly open: (job: Extract<Job, { kind: 'open' }>) => Promise<Opened[]>;
  readonly dismiss: () => Promise<void>;
}

export function hireCrew(): Crew {
  const workers = Array.from(
    { length: availableParallelism() },
    () => new Worker(new URL('worker.ts', import.meta.url)),
  );
  const share = async (job: Job): Promise<unknown[]> => {
    const results: unknown[] = [];
    let next = 0;
    const serve = async (worker: Worker) => {
      while (next < job.items.length) {
        const from = next;
        next += slice;
        worker.postMessage({ ...job, items: job.items.slice(from, next) }, []);
        // `once` rejects when the thread fails.
        const [result] = (await once(worker, 'message')) as [JobResult];
        for (const [index, item] of result.results.entries()) results[from + index] = item;
      }
    };
    await Promise.all(workers.map(serve));
    return results;
  };
  return {
    seal: async (job) => (await share(job)) as SealedVote[],
    open: async (job) => (await share(job)) as Opened[],
    dismiss: async () => void (await Promise.all(workers.map((worker) => worker.terminate()))),
  };
}
