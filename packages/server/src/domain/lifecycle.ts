// Draft → Armed → Open → Closed → Deliberated → Published. Open and Closed follow from the clock and the voting window.

import type { ElectionRow } from '../storage/elections.ts';
import type { Instant } from '../storage/tables.ts';

export type Phase = 'draft' | 'armed' | 'open' | 'closed' | 'deliberated' | 'published';

type Steps = Pick<ElectionRow, 'armed_at' | 'opens_at' | 'closes_at' | 'sealed_at' | 'deliberated_at' | 'published_at'>;

export function phaseOf(election: Steps, now: Instant): Phase {
  if (election.published_at !== null) return 'published';
  if (election.deliberated_at !== null) return 'deliberated';
  if (election.armed_at === null) return 'draft';
  if (election.sealed_at !== null || now >= election.closes_at) return 'closed';
  return now < election.opens_at ? 'armed' : 'open';
}

/** The window is half-open: a cast at the very second of the opening counts, one at the very second of the end does not. */
export function windowProblem(election: Steps, now: Instant): 'too-early' | 'too-late' | undefined {
  const phase = phaseOf(election, now);
  if (phase === 'open') return undefined;
  return phase === 'draft' || phase === 'armed' ? 'too-early' : 'too-late';
}
