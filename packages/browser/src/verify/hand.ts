// A hand: checks ballots of an archive for the worker that leads, and multiplies those that count. Its own thread.
import {
  createBallotChecker,
  encodeTally,
  findVerifyingGroup,
  readElection,
  type BallotChecker,
} from '@votix/protocol/verifiable';
import { assert } from '../page/assert.ts';
import type { HandAnswer, HandRequest } from './worker-messages.ts';

export function serveAsHand(port: MessagePort): void {
  let checker: BallotChecker | null = null;
  port.addEventListener('message', ({ data: request }: MessageEvent<HandRequest>) => {
    if (request.type === 'start') {
      checker = checkerOf(request.election);
      return;
    }
    assert(checker, 'a hand is started first');
    port.postMessage(answerTo(checker, request));
  });
  port.start();
}

function checkerOf(election: string): BallotChecker {
  const read = readElection(election, new Set(), findVerifyingGroup);
  assert(read.ok, 'the lead read this election before');
  return createBallotChecker(read.context);
}

function answerTo(checker: BallotChecker, request: Exclude<HandRequest, { readonly type: 'start' }>): HandAnswer {
  if (request.type === 'tally')
    return { type: 'tally', encrypted: encodeTally(checker.tally(request.counted).encrypted) };
  const { from, ballots } = request;
  return { type: 'verdicts', verdicts: ballots.map((text, index) => checker.check(from + index, text)) };
}
