// Threads that share the ballots of an archive: each checks some at a time, and multiplies those of its own that count. A
// thread runs this very file, or the one file that the command is bundled into.

import {
  type BallotVerdict,
  type CountedBallot,
  createBallotChecker,
  encodeTally,
  findVerifyingGroup,
  readElection,
} from '@votix/protocol/verifiable';
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

type Request =
  | { readonly kind: 'check'; readonly from: number; readonly ballots: readonly string[] }
  | { readonly kind: 'tally'; readonly counted: readonly CountedBallot[] };
interface Answers {
  readonly check: readonly BallotVerdict[];
  /** An encrypted tally, as the archive writes it. */
  readonly tally: string;
}

type Answer = Answers[Request['kind']];

export interface Hand {
  readonly ask: <Kind extends Request['kind']>(request: Request & { readonly kind: Kind }) => Promise<Answers[Kind]>;
  readonly dismiss: () => Promise<unknown>;
}

/** A thread takes a tenth of a second to start, in which one checks some twenty ballots. */
const worthAThread = 40;

/** As many threads as so many ballots are worth; for few of them this one. */
export function takeHands(election: string, ballots: number): Hand[] {
  const count = Math.min(availableParallelism(), Math.ceil(ballots / worthAThread));
  return count < 2 ? [handHere(election)] : Array.from({ length: count }, () => takeHand(election));
}

export function takeHand(election: string): Hand {
  const worker = new Worker(new URL(import.meta.url), { workerData: { handFor: election } });
  return {
    ask: async (request) => {
      worker.postMessage(request, []);
      const [answer] = (await once(worker, 'message')) as [never]; // rejects when the thread fails
      return answer;
    },
    dismiss: () => worker.terminate(),
  };
}

function handHere(election: string): Hand {
  const answer = answering(election);
  return { ask: (request) => Promise.resolve(answer(request) as never), dismiss: () => Promise.resolve() };
}

function answering(election: string): (request: Request) => Answer {
  const read = readElection(election, new Set(), findVerifyingGroup);
  assert(read.ok, 'the command has read this election before');
  const checker = createBallotChecker(read.context);
  return (request) =>
    request.kind === 'tally'
      ? encodeTally(checker.tally(request.counted).encrypted)
      : request.ballots.map((text, index) => checker.check(request.from + index, text));
}

const { handFor } = (workerData ?? {}) as { readonly handFor?: string };
if (!isMainThread && handFor !== undefined) {
  const answer = answering(handFor);
  parentPort!.on('message', (request: Request) => parentPort!.postMessage(answer(request), []));
}
