// Opens every ballot of a record that was checked, one by one, and counts. Nothing is skipped: what does not open is listed.

import {
  type BallotContext,
  type CryptoKey,
  createCounter,
  type InvalidBallot,
  openBallot,
  receiptOf,
  type Tally,
} from '@votix/protocol';

export interface Opened {
  readonly tally: Tally;
  /** In the order of the box, so of receipts. */
  readonly invalidBallots: readonly InvalidBallot[];
}

export async function openBallots(o: {
  readonly context: BallotContext;
  readonly privateKey: CryptoKey;
  readonly ballots: readonly string[];
  readonly onOpened: (count: number) => void;
}): Promise<Opened> {
  const counter = createCounter(o.context.definition);
  const invalidBallots: InvalidBallot[] = [];
  for (const [index, ballot] of o.ballots.entries()) {
    const opened = await openBallot(o.context, o.privateKey, ballot);
    if (opened.ok) counter.add(opened.selections);
    else {
      counter.addInvalid();
      invalidBallots.push({ receipt: receiptOf(ballot), reason: opened.reason });
    }
    o.onOpened(index + 1);
  }
  return { tally: counter.tally(), invalidBallots };
}
