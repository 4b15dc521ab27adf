// Makes the voter codes beside the page: a thousandth of a second each, and there may be many.
import { findGroup, makeCredential, publicCredential } from '@votix/protocol/verifiable';
import { assert } from '../page/assert.ts';
import type { MadeCode, MakeAnswer, MakeRequest } from './worker-messages.ts';

const every = 50;

self.addEventListener('message', (event: MessageEvent<MakeRequest>) => make(event.data));

/** To the page: a worker's messages have no target origin. */
const tell = (answer: MakeAnswer) => self.postMessage(answer, {});

function make({ groupName, uuid, count }: MakeRequest): void {
  const group = findGroup(groupName);
  assert(group, 'the server names a group of ours');
  const codes: MadeCode[] = [];
  while (codes.length < count) {
    const secret = makeCredential();
    codes.push({ secret, publicText: publicCredential(group, uuid, secret) });
    if (codes.length % every === 0) tell({ type: 'progress', done: codes.length });
  }
  tell({ type: 'made', codes });
}
