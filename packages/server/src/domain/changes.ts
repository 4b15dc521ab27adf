// What was changed about an election after it was armed, when and why, read back from the audit log.

import { listEntriesOf } from '../storage/audit-log.ts';
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
