// Verifies the whole archive and makes the trustee's share, beside the page: nothing is decrypted that was not checked here.
import { encodeSignedTally, signTally } from '@votix/protocol/verifiable';
import type { SignAnswer, SignRequest } from './worker-messages.ts';

const every = 20;

self.addEventListener('message', (event: MessageEvent<SignRequest>) => {
  void sign(event.data).then(
    (answer) => tell(answer),
    (error: unknown) => reportError(error), // reaches the page as the worker's error event
  );
});

/** To the page: a worker's messages have no target origin. */
const tell = (answer: SignAnswer) => self.postMessage(answer, {});

async function sign({ file, archive }: SignRequest): Promise<SignAnswer> {
  const made = await signTally(file, archive, (done, total) => {
    if (done % every === 0 || done === total) tell({ type: 'progress', done, total });
  });
  if (!made.ok) return { type: 'refused', reason: made.reason };
  const { hash, height } = made.signed.head;
  return { type: 'signed', file: made.file, handedOver: encodeSignedTally(made.signed), head: `${height} ${hash}` };
}
