// Threads that share the ballots of an archive: each checks some at a time, and multiplies those of its own that count.

import {
  type BallotVerdict,
  type CountedBallot,
  createBallotChecker,
  encodeTally,
  findVerifyingGroup,
  readElection,
} from '@votix/protocol/verifiable';
import assert from 'node:assert/strict';
import { answerAs, type Hand, takeHands, type Trade } from './threads.ts';

interface Check {
  readonly kind: 'check';
  readonly from: number;
  readonly ballots: readonly string[];
}

interface Multiply {
  readonly kind: 'tally';
  readonly counted: readonly CountedBallot[];
}

export interface Checker extends Pick<Hand<Check | Multiply, unknown>, 'dismiss'> {
  readonly ask: {
    (request: Check): Promise<readonly BallotVerdict[]>;
    /** An encrypted tally, as the archive writes it. */
    (request: Multiply): Promise<string>;
  };
}

/** Given the election of the archive. In the tenth of a second that a thread takes to start one checks some twenty ballots. */
export const checking: Trade<string, Check | Multiply, unknown> = {
  name: 'check',
  file: import.meta.url,
  worthAThread: 40,
  learn: (election) => {
    const read = readElection(election, new Set(), findVerifyingGroup);
    assert(read.ok, 'the command has read this election before');
    const checker = createBallotChecker(read.context);
    return (request) =>
      request.kind === 'tally'
        ? encodeTally(checker.tally(request.counted).encrypted)
        : request.ballots.map((text, index) => checker.check(request.from + index, text));
  },
};

/** As many as so many ballots are worth. */
export const takeCheckers = (election: string, ballots: number) => takeHands(checking, election, ballots) as Checker[];

answerAs(checking);
