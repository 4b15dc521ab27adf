// How a vote becomes a sealed ballot, and how a remembered one is known again: with the one key of the election, or with the
// voter's credential in a worker. The rest of the booth knows no difference.
import {
  ballotContext,
  type Definition,
  parseDefinition,
  sealBallot,
  type SealingContext,
  type Selections,
  verifySealedBallot,
} from '@votix/protocol';
import type { Choices } from '@votix/protocol/verifiable';
import { trustedWorkerUrl } from '../page/worker-url.ts';
import type { BoothData, VerifiableData } from './data.ts';
import type { SealedVote } from './state.ts';
import type { SealAnswer, WorkerRequest } from './worker-messages.ts';

/** Not before the ballot is drawn. */
export const WARM_UP_AFTER_MS = 300;

export interface Sealer {
  readonly definition: Definition;
  /** Null when the choices or the browser refuse. `credential` counts only where one is needed. */
  readonly seal: (selections: Selections, credential: string) => Promise<SealedVote | null>;
  /** A ballot of this very election and key, made before a reload; null for anything else. */
  readonly recall: (ballot: string) => Promise<SealedVote | null>;
}

/** Null when this browser or this page can seal nothing. */
export async function makeSealer({ definition, publicKey, verifiable }: BoothData): Promise<Sealer | null> {
  return verifiable === null ? boxSealer(definition, publicKey) : provingSealer(definition, verifiable);
}

async function boxSealer(definition: string, publicKey: string): Promise<Sealer | null> {
  const prepared = await ballotContext(definition, publicKey);
  if (!prepared.ok) return null;
  const { context } = prepared;
  setTimeout(() => void warmUp(context).catch(() => undefined), WARM_UP_AFTER_MS); // whoever records is told
  return {
    definition: context.definition,
    seal: async (selections) => {
      const sealed = await sealBallot(context, selections);
      return sealed.ok ? { ballot: sealed.ballot, receipt: sealed.receipt } : null;
    },
    recall: (ballot) => {
      const verified = verifySealedBallot(context, ballot);
      return Promise.resolve(verified.ok ? { ballot: verified.ballot, receipt: verified.receipt } : null);
    },
  };
}

/** Once the ballot is drawn, one is sealed for nobody and thrown away: the first takes twice the time of the second. */
async function warmUp(context: SealingContext): Promise<void> {
  const fewest = context.definition.contests.map(({ minChoices }) => Array.from({ length: minChoices }, (_, at) => at));
  await sealBallot(context, fewest);
}

function provingSealer(text: string, data: VerifiableData): Sealer | null {
  const parsed = parseDefinition(text);
  if (!parsed.ok) return null;
  const { election, fingerprint, workerUrl } = data;
  const start = () => {
    const worker = new Worker(trustedWorkerUrl(workerUrl));
    send(worker, { type: 'prepare', election });
    return worker;
  };
  // Loaded and warm while the voter chooses, so that it is ready when they record. One that did not load is tried again then.
  let ready: Worker | null = null;
  const early = setTimeout(() => {
    ready = start();
    ready.addEventListener('error', () => (ready = null));
  }, WARM_UP_AFTER_MS);
  return {
    definition: parsed.definition,
    seal: async (selections, credential) => {
      const choices: Choices = selections.map((picked) => (picked.length === 0 ? 'blank' : picked));
      clearTimeout(early);
      const worker = ready ?? start();
      ready = null;
      const answer = await ask(worker, { type: 'seal', credential, choices }).finally(() => worker.terminate()); // it has held the vote
      return answer.ok ? { ballot: answer.ballot, receipt: answer.receipt } : null;
    },
    recall: async (ballot) => (isOf(ballot, fingerprint) ? { ballot, receipt: await trackerOf(ballot) } : null),
  };
}

function ask(worker: Worker, request: WorkerRequest): Promise<SealAnswer> {
  return new Promise((resolve, reject) => {
    worker.addEventListener('message', (event: MessageEvent<SealAnswer>) => resolve(event.data), { once: true });
    worker.addEventListener('error', () => reject(new Error('The worker has stopped.')), { once: true });
    send(worker, request);
  });
}

function send(worker: Worker, request: WorkerRequest): void {
  worker.postMessage(request, []); // a worker has no target origin; nothing is transferred
}

function isOf(ballot: string, fingerprint: string): boolean {
  try {
    return (JSON.parse(ballot) as { readonly election_hash?: unknown }).election_hash === fingerprint;
  } catch {
    return false;
  }
}

/** Unpadded base64 of SHA-256 of the text: what the board calls it. */
async function trackerOf(ballot: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(ballot)));
  return btoa(String.fromCharCode(...digest)).replace('=', '');
}
