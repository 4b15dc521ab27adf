// What happened to one voter, by days only: from the roll, the audit log and the signing list. The day of the vote stands
// last of its day, so that its place tells nothing about the hour.

import { listEntriesAbout } from '../storage/audit-log.ts';
import type { Reader } from '../storage/database.ts';
import { listDeliveriesOfVoter } from '../storage/deliveries.ts';
import type { MailKind } from '../storage/tables.ts';
import { listImportsOfVoter } from '../storage/voter-imports.ts';
import type { VoterOnRoll } from '../storage/voters.ts';
import { namesOf } from './audit-reading.ts';
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
  const names = await namesOf(
    db,
    [...entries, ...imports].map(({ actor }) => actor),
  );
  const nameOf = (actor: string) => names.get(actor)?.name;
  const adding = entries.find(({ action }) => action === 'voter-added');
  const deeds: TimelineEntry[] = [
    { day: dayOf(voter.added_at, zone), what: 'added', by: nameOf(adding?.actor ?? ''), reason: adding?.reason },
  ];
  for (const { at, action, actor, reason } of entries)
    if (action in shown)
      deeds.push({ day: dayOf(at, zone), what: shown[action as keyof typeof shown], by: nameOf(actor), reason });
  for (const { created_at, actor } of imports)
    deeds.push({ day: dayOf(created_at, zone), what: 'edited', by: nameOf(actor) });
  for (const { kind, status, changed_at } of await listDeliveriesOfVoter(db, voter.id))
    if (status === 'accepted') deeds.push({ day: dayOf(changed_at, zone), what: `mailed-${kind}` });
  if (voter.locked_until !== null && voter.locked_until > now)
    deeds.push({ day: dayOf(now, zone), what: 'code-locked' });
  if (voter.signed_on !== null) deeds.push({ day: voter.signed_on, what: 'voted' });
  return deeds.toSorted((a, b) => (a.day < b.day ? -1 : Number(a.day > b.day)));
}
