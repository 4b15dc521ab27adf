// What a verdict means for a delivery: done, again later, or given up.

import type { DeliveryRow, Outcome } from '../storage/deliveries.ts';
import type { Instant } from '../storage/tables.ts';
import type { Back } from './handing-over.ts';
import type { Verdict } from './outcome.ts';

const minute = 60_000;
/** After each deferral, until it is given up about a day later. */
const delaysMs = [1, 5, 15, 60, 180, 360, 720].map((minutes) => minutes * minute);

type Skip = { readonly kind: 'skip'; readonly cause: 'voted' | 'closed' | 'removed' };

/** A mail and what became of it: what the mail server said, or why it was never asked. */
export interface Settled {
  readonly delivery: DeliveryRow;
  readonly verdict: Verdict | Skip | Back;
}

export function outcomeOf({ delivery, verdict }: Settled, now: Instant): Outcome {
  const { id, attempts, due_at } = delivery;
  const same = { id, cause: '', reply_code: '', due_at };
  switch (verdict.kind) {
    case 'accepted':
      return { ...same, status: 'accepted', reply_code: verdict.replyCode };
    case 'rejected':
      return { ...same, status: 'rejected', cause: verdict.cause, reply_code: verdict.replyCode };
    case 'deferred': {
      const delay = delaysMs[attempts - 1];
      const again = { ...same, cause: verdict.cause, reply_code: verdict.replyCode };
      return delay === undefined
        ? { ...again, status: 'rejected', cause: 'gave-up' }
        : { ...again, status: 'deferred', due_at: now + delay };
    }
    case 'unknown':
      return { ...same, status: 'unknown', cause: verdict.cause };
    case 'unreachable':
    case 'stop':
    case 'back':
      return { ...same, status: 'queued', untried: true };
    case 'skip':
      return { ...same, status: 'cancelled', cause: verdict.cause };
  }
}

/** Another attempt is still to come. */
export const waitsAgain = ({ status }: Outcome): boolean => status === 'queued' || status === 'deferred';

/** In a mailing that was cancelled meanwhile nothing waits any more. */
export const ofCancelled = (outcome: Outcome): Outcome =>
  waitsAgain(outcome) ? { ...outcome, status: 'cancelled', cause: 'mailing-cancelled' } : outcome;
