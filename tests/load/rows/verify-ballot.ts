// One ballot of a verifiable election, all its proofs, on one thread: our kernel beside noble used plainly, by the same code.

import { type ElectionContext, readElection, verifyBallot } from '@votix/protocol/verifiable';
import { findVerifyingGroup } from '../../../packages/protocol/src/verifiable/verifying-group.ts';
import { atLeast, type Benchmark, digits, type Wish } from '../benchmark.ts';
import { aBoardToVoteOn, ballotsFor } from '../boards.ts';
import { plainNoble } from '../plain-noble.ts';
import { interleave, median, ratioOf } from '../statistics.ts';

function contextBy(election: string, findGroup: typeof findVerifyingGroup): ElectionContext {
  const read = readElection(election, new Set(), findGroup);
  if (!read.ok) throw new Error(read.reason);
  return read.context;
}

/** Milliseconds a ballot, the median. */
function timeOf(context: ElectionContext, ballots: readonly string[]): number {
  const times = ballots.map((ballot) => {
    const start = performance.now();
    const verified = verifyBallot(context, ballot);
    if (!verified.ok) throw new Error(verified.reason);
    return performance.now() - start;
  });
  return median(times);
}

async function run({ quick, rounds }: Wish) {
  const board = await aBoardToVoteOn(quick ? 2 : 40);
  const ballots = ballotsFor(board);
  const [ours, noble] = [
    contextBy(board.texts.election, findVerifyingGroup),
    contextBy(board.texts.election, () => plainNoble),
  ];
  timeOf(ours, ballots); // warm
  const found = await interleave(rounds, {
    noble: () => Promise.resolve(timeOf(noble, ballots.slice(0, 10))),
    ours: () => Promise.resolve(timeOf(ours, ballots)),
  });
  const ratio = ratioOf(found.noble, found.ours);
  return [
    atLeast(
      ratio,
      8,
      `${digits(ratio)} times as fast (${digits(median(found.ours))} ms a ballot, noble ${digits(median(found.noble))} ms)`,
    ),
  ];
}

export const verifyBallotRow: Benchmark = {
  name: 'verify-ballot',
  wanted: '≥ 8 times as fast',
  reference: '@noble/curves used plainly, by the same code; Ed25519, five candidates or blank, one thread',
  run,
};
