// Threads that open the ballots of a box together. Each imports the key for itself: a key object that threads share makes them
// wait for each other. A thread runs this very file, or the one file that the command is bundled into.

import { type OpenedBallot, openBallotBy, readBallotContext } from '@votix/protocol';
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { decryptingWith } from './decrypting.ts';

/** The election as texts, and the private key as DER. */
export interface Opening {
  readonly definition: string;
  readonly publicKey: string;
  readonly pkcs8: Uint8Array;
}

export interface Opener {
  readonly open: (ballots: readonly string[]) => Promise<readonly OpenedBallot[]>;
  readonly dismiss: () => Promise<unknown>;
}

/** A thread takes a tenth of a second to start, in which one opens some three hundred ballots. */
const worthAThread = 500;

/** As many threads as so many ballots are worth; for few of them this one. */
export function takeOpeners(opening: Opening, ballots: number): Opener[] {
  const count = Math.min(availableParallelism(), Math.ceil(ballots / worthAThread));
  return count < 2 ? [openerHere(opening)] : Array.from({ length: count }, () => takeOpener(opening));
}

export function takeOpener(opening: Opening): Opener {
  const worker = new Worker(new URL(import.meta.url), { workerData: { openerFor: opening } });
  return {
    open: async (ballots) => {
      worker.postMessage(ballots, []);
      const [opened] = (await once(worker, 'message')) as [readonly OpenedBallot[]]; // rejects when the thread fails
      return opened;
    },
    dismiss: () => worker.terminate(),
  };
}

function openerHere(opening: Opening): Opener {
  const open = openingOf(opening);
  return { open: (ballots) => Promise.resolve(open(ballots)), dismiss: () => Promise.resolve() };
}

function openingOf({ definition, publicKey, pkcs8 }: Opening): (ballots: readonly string[]) => OpenedBallot[] {
  const read = readBallotContext(definition, publicKey);
  assert(read.ok, 'the record was checked before');
  const decrypt = decryptingWith(pkcs8);
  return (ballots) => ballots.map((ballot) => openBallotBy(read.context, decrypt, ballot));
}

const { openerFor } = (workerData ?? {}) as { readonly openerFor?: Opening };
if (!isMainThread && openerFor !== undefined) {
  const open = openingOf(openerFor);
  parentPort!.on('message', (ballots: readonly string[]) => parentPort!.postMessage(open(ballots), []));
}
