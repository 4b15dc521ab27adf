// What became of a voter's mails, as the roll is asked for it. Of each kind the newest round counts: an earlier one was
// sent again. What was cancelled was never sent, or went to an address that was corrected since
// (docs/decisions/071-indexes-of-the-roll.md).

import type { ExpressionBuilder } from 'kysely';
import type { Reader } from './database.ts';
import { withDeadAddress } from './dead-addresses.ts';
import type { DeliveriesTable, MailKind, Tables } from './tables.ts';

type Status = DeliveriesTable['status'];
const statuses = {
  waiting: ['queued', 'sending'],
  deferred: ['deferred'],
  accepted: ['accepted'],
  rejected: ['rejected'],
  unknown: ['unknown'],
} as const satisfies Readonly<Record<string, readonly Status[]>>;

/** `dead`: the address does not exist, whichever mail has shown it. */
export type MailState = 'none' | keyof typeof statuses | 'dead';
export const mailStates = ['none', ...Object.keys(statuses), 'dead'] as readonly MailState[];

export interface MailFilter {
  readonly state: MailState;
  /** Any kind when it is left out: `none` is then nothing at all. */
  readonly kind?: MailKind | undefined;
}

/** Everything but cancelled. */
const sent = Object.values(statuses).flat();

type OnVoters = ExpressionBuilder<Tables, 'voters'>;

export function inMailState(on: OnVoters, electionId: string, { state, kind }: MailFilter) {
  if (state === 'dead') return on('voters.id', 'in', withDeadAddress(electionId));
  const mails = on
    .selectFrom('deliveries')
    .where((mail) =>
      mail.and([
        ...(kind === undefined ? [] : [mail('deliveries.kind', '=', kind)]),
        mail('deliveries.status', 'in', state === 'none' ? sent : statuses[state]),
        ...(state === 'none' ? [] : [mail.not(mail.exists(later(mail)))]),
      ]),
    );
  // Those that are nearly everyone's are looked for voter by voter, the few others first.
  const own = on.exists(mails.select('deliveries.id').whereRef('deliveries.voter_id', '=', 'voters.id'));
  if (state === 'none') return on.not(own);
  if (state === 'accepted') return own;
  return on('voters.id', 'in', mails.select('deliveries.voter_id').where('deliveries.election_id', '=', electionId));
}

const later = (mail: ExpressionBuilder<Tables, 'deliveries'>) =>
  mail
    .selectFrom('deliveries as later')
    .select('later.id')
    .whereRef('later.voter_id', '=', 'deliveries.voter_id')
    .whereRef('later.kind', '=', 'deliveries.kind')
    .whereRef('later.round', '>', 'deliveries.round')
    .where('later.status', 'in', sent);

export type MailsByKind = ReadonlyMap<MailKind, Status>;

/** The newest mail of each kind that was not cancelled, by voter. */
export async function listMailStates(
  db: Reader,
  voterIds: readonly string[],
): Promise<ReadonlyMap<string, MailsByKind>> {
  const found = new Map<string, Map<MailKind, Status>>();
  if (voterIds.length === 0) return found;
  const rows = await db
    .selectFrom('deliveries')
    .select(['voter_id', 'kind', 'status'])
    .where('voter_id', 'in', voterIds)
    .where('status', 'in', sent)
    .orderBy('round')
    .execute();
  for (const { voter_id: voter, kind, status } of rows)
    found.set(voter, (found.get(voter) ?? new Map<MailKind, Status>()).set(kind, status));
  return found;
}
