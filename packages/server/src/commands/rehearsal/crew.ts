// As many threads as the machine has cores, so that the cryptography of voters and key holder does not slow the requests.

import type { Selections } from '@votix/protocol';
import type { Choices, Result, TrusteeFile } from '@votix/protocol/verifiable';
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
    })
  | { readonly kind: 'prove'; readonly election: string; readonly items: readonly ProvableVote[] }
  | { readonly kind: 'share'; readonly archive: Uint8Array<ArrayBuffer>; readonly items: readonly TrusteeFile[] }
  | { readonly kind: 'verify'; readonly strict: string; readonly items: readonly Uint8Array<ArrayBuffer>[] };

/** A voter's credential, and what they choose in each question. */
export interface ProvableVote {
  readonly credential: string;
  readonly choices: Choices;
}

export interface Verified {
  /** What does not hold; empty when all is well. */
  readonly faults: readonly string[];
  readonly ballots: number;
  readonly result: Result | undefined;
}

export type JobResult =
  | { readonly kind: 'seal'; readonly results: readonly SealedVote[] }
  | { readonly kind: 'open'; readonly results: readonly Opened[] }
  | { readonly kind: 'prove'; readonly results: readonly SealedVote[] }
  | { readonly kind: 'share'; readonly results: readonly string[] }
  | { readonly kind: 'verify'; readonly results: readonly Verified[] };

/** How many of a job one thread takes at once: what takes long is shared out singly. */
const slices: Readonly<Record<Job['kind'], number>> = { seal: 100, open: 100, prove: 20, share: 1, verify: 1 };

type JobOf<Kind extends Job['kind']> = Extract<Job, { readonly kind: Kind }>;

export interface Crew {
  readonly seal: (job: JobOf<'seal'> | JobOf<'prove'>) => Promise<SealedVote[]>;
  readonly open: (job: JobOf<'open'>) => Promise<Opened[]>;
  /** What each trustee hands over. */
  readonly share: (job: JobOf<'share'>) => Promise<string[]>;
  readonly verify: (job: JobOf<'verify'>) => Promise<Verified[]>;
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
        next += slices[job.kind];
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
    share: async (job) => (await share(job)) as string[],
    verify: async (job) => (await share(job)) as Verified[],
    dismiss: async () => void (await Promise.all(workers.map((worker) => worker.terminate()))),
  };
}
