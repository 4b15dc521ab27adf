// How long mails take by the pace in force. What the mail server has put off waits for a time of its own and is not counted.

import type { Counts } from '../storage/deliveries.ts';
import type { MailingsTable } from '../storage/tables.ts';

/** Whole minutes, begun ones too. */
export const minutesFor = (mails: number, perMinute: number): number => Math.ceil(mails / perMinute);

/** Undefined where nothing goes out by itself, or nothing is left but what was put off. */
export function minutesLeft(
  { state, counts }: { readonly state: MailingsTable['state']; readonly counts: Counts },
  perMinute: number,
): number | undefined {
  const { queued = 0, sending = 0 } = counts;
  return state !== 'running' || queued + sending === 0 ? undefined : minutesFor(queued + sending, perMinute);
}
