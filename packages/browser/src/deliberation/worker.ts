// Decrypts slices of the box beside the page. Any error it does not expect ends the whole opening: nothing is skipped.
import { openBallot, readBallotContext, type BallotContext, type CryptoKey } from '@votix/protocol';
import { assert } from '../page/assert.ts';
import type { Outcome, WorkerAnswer, WorkerRequest, WorkerSlice } from './worker-messages.ts';

let election: { readonly context: BallotContext; readonly privateKey: CryptoKey } | null = null;

self.addEventListener('message', (event: MessageEvent<WorkerRequest>) => {
  const request = event.data;
  if (request.type === 'start') {
    const read = readBallotContext(request.definition, request.publicKey);
    assert(read.ok, 'the page checked the definition and the key before');
    election = { context: read.context, privateKey: request.privateKey };
  } else {
    void openSlice(request).then(
      (answer) => self.postMessage(answer, {}), // to the page: a worker's messages have no target origin
      (error: unknown) => reportError(error), // reaches the page as the worker's error event
    );
  }
});

async function openSlice({ from, ballots }: WorkerSlice): Promise<WorkerAnswer> {
  assert(election, 'a slice comes after the start');
  const { context, privateKey } = election;
  // All at once: the browser decrypts in threads of its own, which would wait for this one between two ballots.
  return { from, outcomes: await Promise.all(ballots.map((ballot) => open(context, privateKey, ballot))) };
}

async function open(context: BallotContext, privateKey: CryptoKey, ballot: string): Promise<Outcome> {
  const opened = await openBallot(context, privateKey, ballot);
  return opened.ok ? { ok: true, selections: opened.selections } : { ok: false, reason: opened.reason };
}
