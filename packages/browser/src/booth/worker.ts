// Seals a ballot with its proofs beside the page: it takes a tenth of a second on a computer and a second on a phone.
import { readElection, sealBallot } from '@votix/protocol/verifiable';
import { assert } from '../page/assert.ts';
import type { SealAnswer, SealRequest } from './worker-messages.ts';

self.addEventListener('message', (event: MessageEvent<SealRequest>) => {
  self.postMessage(answer(event.data), {}); // to the page: a worker's messages have no target origin
});

function answer({ election, credential, choices }: SealRequest): SealAnswer {
  const read = readElection(election);
  assert(read.ok, 'the page carries the election of the board');
  const sealed = sealBallot(read.context, { credential, choices });
  return sealed.ok ? { ok: true, ballot: sealed.ballot, receipt: sealed.tracker } : { ok: false };
}
