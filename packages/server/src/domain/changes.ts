// What was changed about an election after it was armed, when, by whom and why, read back from the audit log.

import { z } from 'zod';
import { listEntriesOf, listReasonedEntries } from '../storage/audit-log.ts';
import type { Reader } from '../storage/database.ts';
import type { ElectionRow } from '../storage/elections.ts';
import type { Instant } from '../storage/tables.ts';

export interface Abandonment {
  readonly at: Instant;
  /** In the administrator's words, for everyone to read. */
  readonly reason: string;
}

/** Undefined for elections that were not given up. */
export async function readAbandonment(
  db: Reader,
  { id, abandoned_at }: Pick<ElectionRow, 'id' | 'abandoned_at'>,
): Promise<Abandonment | undefined> {
  if (abandoned_at === null) return undefined;
  const entries = await listEntriesOf(db, id, ['election-abandoned']);
  return { at: abandoned_at, reason: entries.at(-1)?.reason ?? '' };
}

export interface Extension {
  readonly at: Instant;
  /** The end before and after. */
  readonly from: Instant;
  readonly until: Instant;
  readonly reason: string;
}

const extensionDetails = z.object({ from: z.number(), until: z.number() });

/** Every time the end was set later, the oldest first: for the minutes and everyone who asks. */
export async function listExtensions(db: Reader, electionId: string): Promise<Extension[]> {
  const entries = await listEntriesOf(db, electionId, ['election-extended']);
  return entries.map(({ at, reason, details }) => ({ at, reason, ...extensionDetails.parse(JSON.parse(details)) }));
}

export interface ReasonedChange {
  readonly at: Instant;
  readonly action: string;
  /** The account's name; undefined when it is gone, or nobody's. */
  readonly by: string | undefined;
  readonly reason: string;
}

const most = 200;

/** Everything about this election that wanted a reason, the newest first. */
export async function listChanges(db: Reader, electionId: string): Promise<ReasonedChange[]> {
  const entries = await listReasonedEntries(db, electionId, most);
  return entries.map(({ at, action, name, reason }) => ({ at, action, by: name ?? undefined, reason }));
}
