// The chain of the audit log: each entry's hash covers the entry and the hash before it, and one head row tells where the
// log ends. Pure: entries come in, a verdict comes out. Specification: "Audit log".

import { createHash } from 'node:crypto';
import type { AuditRow } from '../storage/audit-log.ts';

/**
 * `entry-missing`: a position is skipped, or entries after the last one are gone. `entry-changed`: the hash is not that of
 * what the entry says. `chain-cut`: the hash before is not the former entry's. `head-differs`: the entries agree with each
 * other, but the head row tells of another end.
 */
export type AuditFault = 'entry-missing' | 'entry-changed' | 'chain-cut' | 'head-differs';

/** The end of the log as the head row tells it; position 0 and an empty hash before the first entry. */
export interface AuditEnd {
  readonly position: number;
  readonly hash: string;
}

export type AuditVerdict =
  | { readonly ok: true; readonly end: AuditEnd }
  | { readonly ok: false; readonly position: number; readonly reason: AuditFault };

/** The hash of an entry: SHA-256 of the compact JSON array of everything in it, the former entry's hash first. */
export function auditHash(entry: Omit<AuditRow, 'hash'>): string {
  const { previous, position, at, actor, action, election_id, subject, details, reason } = entry;
  const text = JSON.stringify([previous, position, at, actor, action, election_id, subject, details, reason]);
  return createHash('sha256').update(text).digest('hex');
}

/** Follows the entries in the order of their positions up to the head, and names the first one at fault. */
export async function verifyAuditChain(
  entries: AsyncIterable<readonly AuditRow[]> | Iterable<readonly AuditRow[]>,
  head: AuditEnd,
): Promise<AuditVerdict> {
  let end: AuditEnd = { position: 0, hash: '' };
  for await (const rows of entries) {
    for (const row of rows) {
      const fault = faultOf(row, end);
      if (fault) return { ok: false, ...fault };
      end = { position: row.position, hash: row.hash };
    }
  }
  if (end.position < head.position) return { ok: false, position: end.position + 1, reason: 'entry-missing' };
  if (end.position !== head.position || end.hash !== head.hash)
    return { ok: false, position: end.position, reason: 'head-differs' };
  return { ok: true, end };
}

function faultOf(row: AuditRow, before: AuditEnd): { position: number; reason: AuditFault } | undefined {
  const position = before.position + 1;
  if (row.position !== position) return { position, reason: 'entry-missing' };
  if (row.hash !== auditHash(row)) return { position, reason: 'entry-changed' };
  return row.previous === before.hash ? undefined : { position, reason: 'chain-cut' };
}
