// The recorded counts as the result's view model: the same for the public page and the console.

import type { Election } from '../domain/elections.ts';
import { storedInvalidBallots, storedTally } from '../domain/deliberations.ts';
import type { ResultView } from '../views/tally.ts';

/** Undefined until the box was opened. */
export function resultOf(election: Election, registered: number): ResultView | undefined {
  const tally = storedTally(election);
  if (!tally) return undefined;
  return {
    contests: election.contests.map((contest, index) => ({
      id: contest.id,
      title: contest.title,
      candidates: contest.candidates.map(({ id, name }, place) => ({
        id,
        name,
        votes: tally.contests[index]!.votes[place]!,
      })),
      blank: contest.blank === 1 ? tally.contests[index]!.blank : undefined,
    })),
    ballots: tally.ballots,
    valid: tally.valid,
    invalidBallots: storedInvalidBallots(election),
    signatures: election.signature_count ?? 0,
    registered,
    fingerprint: election.fingerprint ?? '',
    boxHash: election.box_hash ?? '',
  };
}
