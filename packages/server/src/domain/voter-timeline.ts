// What happened to one voter, by days only: from the roll, the audit log and the signing list. The day of the vote stands
// last of its day, so that its place tells nothing about the hour.

import { findAccount } from '../storage/accounts.ts';
import { listEntriesAbout } from '../storage/audit-log.ts';
import type { Reader } from '../storage/database.ts';
import { listDeliveriesOfVoter } from '../storage/deliveries.ts';
import type { MailKind } from '../storage/tables.ts';
import { listImportsOfVoter } from '../storage/voter-imports.ts';
import type { VoterOnRoll } from '../storage/voters.ts';
import { dayOf } from './wall-clock.ts';

const shown = {
  'voter-edited': 'edited',
  'link-replaced': 'link-replaced',
  'code-replaced': 'code-replaced',
  'access-shown': 'access-shown',
  'credential-replaced': 'credential-replaced',
} as const;

export interface TimelineEntry {
  readonly day: string;
  readonly what: 'added' | (typeof shown)[keyof typeof shown] | 'code-locked' | 'voted' | `mailed-${MailKind}`;
  /** The name of the account, where it still exists. */
  readonly by?: string | undefined;
  readonly reason?: string | undefined;
}

export async function readTimeline(
  db: Reader,
  { zone, now }: { readonly zone: string; readonly now: number },
  voter: VoterOnRoll,
): Promise<TimelineEntry[]> {
  const entries = await listEntriesAbout(db, voter.election_id, voter.id);
  const imports = await listImportsOfVoter(db, voter.id);
  const names = await namesOf(db, new Set([...entries, ...imports].map(({ actor }) => actor)));
  const adding = entries.find(({ action }) => action === 'voter-added');
  const deeds: TimelineEntry[] = [
    { day: dayOf(voter.added_at, zone), what: 'added', by: names.get(adding?.actor ?? ''), reason: adding?.reason },
  ];
  for (const { at, action, actor, reason } of entries)
    if (action in shown)
      deeds.push({ day: dayOf(at, zone), what: shown[action as keyof typeof shown], by: names.get(actor), reason });
  for (const { created_at, actor } of imports)
    deeds.push({ day: dayOf(created_at, zone), what: 'edited', by: names.get(actor) });
  for (const { kind, status, changed_at } of await listDeliveriesOfVoter(db, voter.id))
    if (status === 'accepted') deeds.push({ day: dayOf(changed_at, zone), what: `mailed-${kind}` });
  if (voter.locked_until !== null && voter.locked_until > now)
    deeds.push({ day: dayOf(now, zone), what: 'code-locked' });
  if (voter.signed_on !== null) deeds.push({ day: voter.signed_on, what: 'voted' });
  return deeds.toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
}

async function namesOf(db: Reader, ids: ReadonlySet<string>): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (const id of ids) {
    const account = await findAccount(db, id);
    if (account) names.set(id, account.name);
  }
  return names;
}
