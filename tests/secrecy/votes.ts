// Five hundred votes as a busy hour brings them: voters in any order, several at once, some with a wrong code first.

import { caster, wrong } from '../support/casts.ts';
import type { TestBench } from '../support/databases.ts';
import { anArmedElection, type ArmedElection } from '../support/elections.ts';
import type { Pair } from './statistics.ts';

export const voteCount = 500;
const atOnce = 4;

export interface Voted {
  readonly election: ArmedElection;
  /** In the order in which they arrived. */
  readonly pairs: readonly Pair[];
}

function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item) => [Math.random(), item] as const)
    .toSorted(([a], [b]) => a - b)
    .map(([, item]) => item);
}

export async function aBusyElection(at: TestBench, wish: { votes?: number } = {}): Promise<Voted> {
  const votes = wish.votes ?? voteCount;
  const election = await anArmedElection(at.db, { voters: votes + 20 }); // some stay at home
  return { election, pairs: await everyoneVotesAtOnce(at, election, votes) };
}

export async function everyoneVotesAtOnce(at: TestBench, election: ArmedElection, votes: number): Promise<Pair[]> {
  const voters = shuffled(election.voters).slice(0, votes);
  const ballots = await Promise.all(voters.map((_, n) => election.seal([[0], [1], [], [2]][n % 4]!)));
  const callers = [caster(at.db), caster(await at.another())];
  const pairs: Pair[] = [];
  let next = 0;
  const voteOn = async (cast: (typeof callers)[number]) => {
    while (next < votes) {
      const n = next++;
      const [voter, { ballot, receipt }] = [voters[n]!, ballots[n]!];
      pairs[n] = { voterId: voter.id, receipt };
      if (n % 8 === 0) await cast({ ...voter, code: wrong(voter.code) }, ballot);
      const answer = await cast(voter, ballot);
      if (!answer.ok) throw new Error(answer.reason);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, (_, n) => voteOn(callers[n % callers.length]!)));
  return pairs;
}
