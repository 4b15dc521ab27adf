// Draft → Armed → Open → Closed → Deliberated → Published → Archived; abandoned at any time between arming and deliberation.
// Open and Closed follow from the clock and the voting window.

import type { ElectionRow } from '../storage/elections.ts';
import type { Instant } from '../storage/tables.ts';

export type Phase = 'draft' | 'armed' | 'open' | 'closed' | 'deliberated' | 'published' | 'archived' | 'abandoned';

type Steps = Pick<
  ElectionRow,
  | 'armed_at'
  | 'opens_at'
  | 'closes_at'
  | 'sealed_at'
  | 'deliberated_at'
  | 'published_at'
  | 'abandoned_at'
  | 'archived_at'
>;

/** An archived election keeps `published_at` or `abandoned_at`: which of the two says how it ended. */
export function phaseOf(election: Steps, now: Instant): Phase {
  if (election.archived_at !== null) return 'archived';
  if (election.abandoned_at !== null) return 'abandoned';
  if (election.published_at !== null) return 'published';
  if (election.deliberated_at !== null) return 'deliberated';
  if (election.armed_at === null) return 'draft';
  if (election.sealed_at !== null || now >= election.closes_at) return 'closed';
  return now < election.opens_at ? 'armed' : 'open';
}

export type WindowProblem = 'too-early' | 'too-late' | 'election-abandoned';

/** The window is half-open: a cast at the very second of the opening counts, one at the very second of the end does not. */
export function windowProblem(election: Steps, now: Instant): WindowProblem | undefined {
  if (election.abandoned_at !== null) return 'election-abandoned';
  const phase = phaseOf(election, now);
  if (phase === 'open') return undefined;
  return phase === 'draft' || phase === 'armed' ? 'too-early' : 'too-late';
}

/** Nothing is left to do in it. */
export const isOver = (phase: Phase): boolean => ['published', 'archived', 'abandoned'].includes(phase);
