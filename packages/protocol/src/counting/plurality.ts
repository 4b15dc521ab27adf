// Counting of "choose k1 to k2 of n": one vote for each candidate chosen, blank votes apart. Specification: "Tally".

import { assert } from '../assert.ts';
import type { Definition } from '../definition.ts';
import type { Tally } from '../result.ts';
import { type Selections, checkSelections } from '../selection.ts';

/** Counts ballots one at a time. `add` takes checked selections of one valid ballot and throws on others; a ballot that
 *  does not open is counted by `addInvalid`; `tally` gives the counts so far. */
export interface Counter {
  add(selections: Selections): void;
  addInvalid(): void;
  tally(): Tally;
}

/** A counter for an election, at zero. */
export function createCounter(definition: Definition): Counter {
  const contests = definition.contests.map(({ id, candidates }) => ({
    contest: id,
    votes: candidates.map(() => 0),
    blank: 0,
  }));
  let valid = 0;
  let invalid = 0;
  return {
    add(selections) {
      assert(checkSelections(definition, selections).ok, 'only valid selections are counted');
      valid += 1;
      for (const [index, contest] of contests.entries()) {
        const selection = selections[index]!;
        if (selection.length === 0) contest.blank += 1;
        for (const choice of selection) contest.votes[choice]! += 1;
      }
    },
    addInvalid() {
      invalid += 1;
    },
    tally() {
      const copies = contests.map(({ contest, votes, blank }) => ({ contest, votes: [...votes], blank }));
      return { ballots: valid + invalid, valid, invalid, contests: copies };
    },
  };
}
