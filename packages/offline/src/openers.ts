// Threads that open the ballots of a box together. Each imports the key for itself: a key object that threads share makes them
// wait for each other.

import { type OpenedBallot, openBallotBy, readBallotContext } from '@votix/protocol';
import assert from 'node:assert/strict';
import { isMainThread } from 'node:worker_threads';
import { decryptingWith } from './decrypting.ts';
import { answerAs, type Hand, type Trade } from './threads.ts';

/** The election as texts, and the private key as DER. */
export interface Opening {
  readonly definition: string;
  readonly publicKey: string;
  readonly pkcs8: Uint8Array;
}

export type Opener = Hand<readonly string[], readonly OpenedBallot[]>;

/** In the tenth of a second that a thread takes to start one opens some three hundred ballots. */
export const opening: Trade<Opening, readonly string[], readonly OpenedBallot[]> = {
  name: 'open',
  file: import.meta.url,
  worthAThread: 500,
  learn: ({ definition, publicKey, pkcs8 }) => {
    const read = readBallotContext(definition, publicKey);
    assert(read.ok, 'the record was checked before');
    const decrypt = decryptingWith(pkcs8);
    // Node finds out by exceptions what kind of key it was given; to trace each of them takes a twentieth of a ballot's time.
    if (!isMainThread) Error.stackTraceLimit = 0;
    return (ballots) => ballots.map((ballot) => openBallotBy(read.context, decrypt, ballot));
  },
};

answerAs(opening);
