// Opens every ballot of a record that was checked, on all cores, and counts. Nothing is skipped: what does not open is listed.

import {
  type BallotContext,
  type CryptoKey,
  createCounter,
  type InvalidBallot,
  type OpenedBallot,
  receiptOf,
  type Tally,
} from '@votix/protocol';
import assert from 'node:assert/strict';
import { type Opener, opening } from './openers.ts';
import type { RecordFile } from './record-file.ts';
import { takeHands } from './threads.ts';

export interface Opened {
  readonly tally: Tally;
  /** In the order of the box, so of receipts. */
  readonly invalidBallots: readonly InvalidBallot[];
}

const slice = 100;

export async function openBallots(o: {
  readonly context: BallotContext;
  readonly file: RecordFile;
  readonly privateKey: CryptoKey;
  readonly onOpened: (count: number) => void;
}): Promise<Opened> {
  const { count, ballots, record } = o.file;
  const { definition, publicKey } = record;
  const pkcs8 = new Uint8Array(await crypto.subtle.exportKey('pkcs8', o.privateKey));
  const openers = takeHands(opening, { definition, publicKey, pkcs8 }, count);
  return openShared(o.context, ballots(), openers, o.onOpened);
}

/** Parts of the size that a thread is handed at once. */
async function* inParts(ballots: AsyncIterable<readonly string[]>): AsyncGenerator<readonly string[]> {
  for await (const some of ballots) for (let at = 0; at < some.length; at += slice) yield some.slice(at, at + slice);
}

/** Dismisses the openers, which hold the key, in every case. */
export async function openShared(
  { definition }: Pick<BallotContext, 'definition'>,
  ballots: AsyncIterable<readonly string[]>,
  openers: readonly Opener[],
  onOpened: (count: number) => void,
): Promise<Opened> {
  const counter = createCounter(definition);
  const invalid: { readonly at: number; readonly ballot: string; readonly reason: string }[] = [];
  const count = (at: number, ballot: string, opened: OpenedBallot) => {
    if (opened.ok) return counter.add(opened.selections);
    counter.addInvalid();
    invalid.push({ at, ballot, reason: opened.reason });
  };
  const parts = inParts(ballots);
  let [next, done] = [0, 0];
  const serve = async (opener: Opener) => {
    for await (const some of parts) {
      const from = next;
      next += some.length;
      const opened = await opener.ask(some);
      assert.equal(opened.length, some.length, 'one outcome for each ballot');
      for (const [index, one] of opened.entries()) count(from + index, some[index]!, one);
      done += some.length;
      onOpened(done);
    }
  };
  try {
    await Promise.all(openers.flatMap((opener) => [serve(opener), serve(opener)])); // the next part is there when one is done
  } finally {
    await Promise.all(openers.map((opener) => opener.dismiss()));
  }
  const inOrder = invalid.toSorted((a, b) => a.at - b.at);
  return {
    tally: counter.tally(),
    invalidBallots: inOrder.map(({ ballot, reason }) => ({ receipt: receiptOf(ballot), reason })),
  };
}
