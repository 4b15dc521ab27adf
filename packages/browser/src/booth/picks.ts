// What is ticked on the ballot, contest by contest, and what is still missing before it can be reviewed.
import type { Contest, Selection } from '@votix/protocol';

export interface Pick {
  readonly candidates: readonly number[];
  readonly blank: boolean;
}

export type Shortfall = 'nothing' | 'too-few' | 'too-many';

export const NO_PICK: Pick = { candidates: [], blank: false };
const BLANK_PICK: Pick = { candidates: [], blank: true };

export function takesSeveral(contest: Contest): boolean {
  return contest.maxChoices > 1;
}

/** A blank vote and candidates exclude each other, so ticking one unticks the other. */
export function toggleCandidate(contest: Contest, pick: Pick, candidate: number): Pick {
  if (!takesSeveral(contest)) return { candidates: [candidate], blank: false };
  const others = pick.candidates.filter((index) => index !== candidate);
  const chosen = others.length < pick.candidates.length ? others : [...others, candidate];
  return { candidates: chosen.sort((a, b) => a - b), blank: false };
}

export function toggleBlank(contest: Contest, pick: Pick): Pick {
  return takesSeveral(contest) && pick.blank ? NO_PICK : BLANK_PICK;
}

export function findShortfall(contest: Contest, pick: Pick): Shortfall | null {
  if (pick.blank) return null;
  if (pick.candidates.length === 0) return 'nothing';
  if (pick.candidates.length < contest.minChoices) return 'too-few';
  return pick.candidates.length > contest.maxChoices ? 'too-many' : null;
}

export function selectionOf(pick: Pick): Selection {
  return pick.blank ? [] : pick.candidates;
}
