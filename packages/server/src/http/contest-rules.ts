// The rules of an election and of one contest, as the views tell them.

import type { Election } from '../domain/elections.ts';
import type { ContestRules, ElectionRules } from '../views/rules.ts';

export const contestRulesOf = (contest: Omit<Election['contests'][number], 'candidates'>): ContestRules => ({
  minChoices: contest.min_choices,
  maxChoices: contest.max_choices,
  blank: contest.blank === 1,
  seats: contest.seats,
  order: contest.candidate_order,
  seed: contest.order_seed,
});

export const rulesOf = (election: Omit<Election, 'contests'>): ElectionRules => ({
  tieRule: election.tie_rule,
  quorum: election.quorum,
  minimumBallots: election.minimum_ballots,
});
