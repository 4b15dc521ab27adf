// Seals a ballot with its proofs beside the page: it takes a twentieth of a second on a computer and half of one on a phone,
// and twice that the first time. So the first one is made while the voter chooses: of nobody, and thrown away.
import { type ElectionContext, makeCredential, readElection, sealBallot } from '@votix/protocol/verifiable';
import { assert } from '../page/assert.ts';
import type { SealAnswer, WorkerRequest } from './worker-messages.ts';

let context: ElectionContext | undefined;

self.addEventListener('message', ({ data }: MessageEvent<WorkerRequest>) => {
  if (data.type === 'prepare') return prepare(data.election);
  self.postMessage(seal(data), {}); // to the page: a worker's messages have no target origin
});

function prepare(election: string): void {
  const read = readElection(election);
  assert(read.ok, 'the page carries the election of the board');
  ({ context } = read);
  const choices = context.election.questions.map(({ min }) => Array.from({ length: min }, (_, index) => index));
  sealBallot(context, { credential: makeCredential(), choices });
}

function seal({ credential, choices }: Extract<WorkerRequest, { type: 'seal' }>): SealAnswer {
  assert(context, 'the election comes first');
  const sealed = sealBallot(context, { credential, choices });
  return sealed.ok ? { ok: true, ballot: sealed.ballot, receipt: sealed.tracker } : { ok: false };
}
