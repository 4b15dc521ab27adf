// Shares the ballots of an archive among threads, and puts together what they found: the report is that of one thread.

import {
  type ArchiveReport,
  type BallotVerdict,
  createBallotChecker,
  joinTallies,
  type OpenedArchive,
  parseTally,
  type Tally,
} from '@votix/protocol/verifiable';
import assert from 'node:assert/strict';
import type { Hand } from './hands.ts';

const slice = 8;

export async function checkShared(
  archive: OpenedArchive,
  hands: readonly Hand[],
  onBallot?: (done: number, total: number) => void,
): Promise<ArchiveReport> {
  try {
    return await checkBy(archive, hands, onBallot);
  } finally {
    await Promise.all(hands.map((hand) => hand.dismiss()));
  }
}

async function checkBy(
  { ballots, context, judge }: OpenedArchive,
  hands: readonly Hand[],
  onBallot: ((done: number, total: number) => void) | undefined,
): Promise<ArchiveReport> {
  const [verdicts, checkedBy] = [[] as BallotVerdict[], [] as Hand[]];
  let [next, done] = [0, 0];
  const serve = async (hand: Hand) => {
    while (next < ballots.length) {
      const from = next;
      next += slice;
      const found = await hand.ask({ kind: 'check', from, ballots: ballots.slice(from, next) });
      for (const [index, verdict] of found.entries()) {
        verdicts[from + index] = verdict;
        checkedBy[from + index] = hand;
      }
      done += found.length;
      onBallot?.(done, ballots.length);
    }
  };
  await Promise.all(hands.map(serve));
  const { counted, finish } = judge(verdicts);
  const parts = hands.map(async (hand): Promise<Tally> => {
    const own = counted.filter(({ at }) => checkedBy[at] === hand);
    const encrypted = parseTally(context, await hand.ask({ kind: 'tally', counted: own }));
    assert(encrypted, 'a thread answers with a tally of this election');
    return { encrypted, numTallied: own.length, totalWeight: own.reduce((sum, { weight }) => sum + weight, 0) };
  });
  const none = createBallotChecker(context).tally([]);
  return finish(joinTallies(context, [none, ...(await Promise.all(parts))]));
}
