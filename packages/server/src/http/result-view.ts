// The recorded counts as the result's view model: the same for the public page and the console.

import { type ContestOutcome, outcomeOf, parseDefinition } from '@votix/protocol';
import type { Election } from '../domain/elections.ts';
import { storedInvalidBallots, storedTally } from '../domain/deliberations.ts';
import type { ContestResult, ResultView } from '../views/tally.ts';

/** Undefined until the box was opened. */
export function resultOf(election: Election, registered: number): ResultView | undefined {
  const tally = storedTally(election);
  if (!tally) return undefined;
  const parsed = parseDefinition(election.definition ?? '');
  if (!parsed.ok) throw new Error('The stored definition is not valid.');
  const logos = new Map(election.contests.flatMap((own) => own.candidates.map(({ id, logo }) => [id, logo] as const)));
  const boxHash = election.box_hash ?? '';
  const { quorum, contests } = outcomeOf(parsed.definition, tally, { registered, boxHash });
  return {
    contests: contests.map((contest) => contestResult(contest, logos)),
    quorum,
    ballots: tally.ballots,
    valid: tally.valid,
    invalidBallots: storedInvalidBallots(election),
    signatures: election.signature_count ?? 0,
    registered,
    fingerprint: election.fingerprint ?? '',
    boxHash,
    onBoard: election.sealing === 'verifiable',
  };
}

function contestResult(
  { contest, title, ranking, tie, seats, vacant, blank }: ContestOutcome,
  logos: ReadonlyMap<string, string | null>,
): ContestResult {
  const nameOf = (index: number) => ranking.find((ranked) => ranked.index === index)!.candidate.name;
  return {
    id: contest,
    title,
    candidates: ranking.map(({ candidate, votes, standing }) => ({
      ...candidate,
      logo: logos.get(candidate.id) ?? null,
      votes,
      standing,
    })),
    blank,
    seats,
    vacant,
    tie: tie && {
      rule: tie.rule,
      votes: tie.votes,
      seats: tie.seats,
      names: (tie.lot ?? tie.candidates).map(nameOf),
    },
  };
}
