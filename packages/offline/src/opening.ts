// Opens every ballot of a record that was checked, on all cores, and counts. Nothing is skipped: what does not open is listed.

import {
  type BallotContext,
  type CryptoKey,
  createCounter,
  type ElectionRecord,
  type InvalidBallot,
  type OpenedBallot,
  receiptOf,
  type Tally,
} from '@votix/protocol';
import assert from 'node:assert/strict';
import { type Opener, opening } from './openers.ts';
import { takeHands } from './threads.ts';

export interface Opened {
  readonly tally: Tally;
  /** In the order of the box, so of receipts. */
  readonly invalidBallots: readonly InvalidBallot[];
}

const slice = 50;

export async function openBallots(o: {
  readonly context: BallotContext;
  readonly record: Pick<ElectionRecord, 'definition' | 'publicKey' | 'ballots'>;
  readonly privateKey: CryptoKey;
  readonly onOpened: (count: number) => void;
}): Promise<Opened> {
  const { ballots, definition, publicKey } = o.record;
  const pkcs8 = new Uint8Array(await crypto.subtle.exportKey('pkcs8', o.privateKey));
  const openers = takeHands(opening, { definition, publicKey, pkcs8 }, ballots.length);
  return openShared(o.context, ballots, openers, o.onOpened);
}

/** Dismisses the openers, which hold the key, in every case. */
export async function openShared(
  { definition }: Pick<BallotContext, 'definition'>,
  ballots: readonly string[],
  openers: readonly Opener[],
  onOpened: (count: number) => void,
): Promise<Opened> {
  const counter = createCounter(definition);
  const invalid: { readonly at: number; readonly reason: string }[] = [];
  const count = (at: number, opened: OpenedBallot) => {
    if (opened.ok) return counter.add(opened.selections);
    counter.addInvalid();
    invalid.push({ at, reason: opened.reason });
  };
  let [next, done] = [0, 0];
  const serve = async (opener: Opener) => {
    while (next < ballots.length) {
      const from = next;
      next += slice;
      const some = ballots.slice(from, next);
      const opened = await opener.ask(some);
      assert.equal(opened.length, some.length, 'one outcome for each ballot');
      for (const [index, one] of opened.entries()) count(from + index, one);
      done += some.length;
      onOpened(done);
    }
  };
  try {
    await Promise.all(openers.map(serve));
  } finally {
    await Promise.all(openers.map((opener) => opener.dismiss()));
  }
  const inOrder = invalid.toSorted((a, b) => a.at - b.at);
  return {
    tally: counter.tally(),
    invalidBallots: inOrder.map(({ at, reason }) => ({ receipt: receiptOf(ballots[at]!), reason })),
  };
}
