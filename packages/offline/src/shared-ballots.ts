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
import type { Checker } from './checkers.ts';

const slice = 8;

export async function checkShared(
  archive: OpenedArchive,
  checkers: readonly Checker[],
  onBallot?: (done: number, total: number) => void,
): Promise<ArchiveReport> {
  try {
    return await checkBy(archive, checkers, onBallot);
  } finally {
    await Promise.all(checkers.map((checker) => checker.dismiss()));
  }
}

async function checkBy(
  { ballots, context, judge }: OpenedArchive,
  checkers: readonly Checker[],
  onBallot: ((done: number, total: number) => void) | undefined,
): Promise<ArchiveReport> {
  const [verdicts, checkedBy] = [[] as BallotVerdict[], [] as Checker[]];
  let [next, done] = [0, 0];
  const serve = async (checker: Checker) => {
    while (next < ballots.length) {
      const from = next;
      next += slice;
      const found = await checker.ask({ kind: 'check', from, ballots: ballots.slice(from, next) });
      for (const [index, verdict] of found.entries()) {
        verdicts[from + index] = verdict;
        checkedBy[from + index] = checker;
      }
      done += found.length;
      onBallot?.(done, ballots.length);
    }
  };
  await Promise.all(checkers.map(serve));
  const { counted, finish } = judge(verdicts);
  const parts = checkers.map(async (checker): Promise<Tally> => {
    const own = counted.filter(({ at }) => checkedBy[at] === checker);
    const encrypted = parseTally(context, await checker.ask({ kind: 'tally', counted: own }));
    assert(encrypted, 'a thread answers with a tally of this election');
    return { encrypted, numTallied: own.length, totalWeight: own.reduce((sum, { weight }) => sum + weight, 0) };
  });
  const none = createBallotChecker(context).tally([]);
  return finish(joinTallies(context, [none, ...(await Promise.all(parts))]));
}
