// What is checked again and again: that the audit log's chain is whole, and (integrity panel) that box, signing list and
// counters agree. Kept are verdicts and times of checks, never counts.

import type { Database, Reader } from '../storage/database.ts';
import { type IntegrityRow, listIntegrity, lockIntegrity, updateIntegrity } from '../storage/integrity.ts';
import type { AuditVerdict } from './audit-chain.ts';
import { checkAuditLog } from './audit-log.ts';

export type { IntegrityRow };

export type CheckName = 'chain';

/** The audit log is one for all elections. */
const instance = '';

/** Writes down what a check found: '' when all is well. */
async function keepOutcome(db: Database, electionId: string, name: CheckName, fault: string): Promise<void> {
  await db.write(async (tx) => {
    const row = await lockIntegrity(tx, electionId, name);
    const now = await db.now(tx);
    const isSame = row.checked_at !== null && row.fault === fault;
    await updateIntegrity(tx, {
      ...row,
      fault,
      checked_at: now,
      since: isSame ? row.since : now,
      checks: isSame ? row.checks + 1 : 1,
      failures: row.failures + (fault === '' ? 0 : 1),
      failed_at: row.failed_at ?? (fault === '' ? null : now),
    });
  });
}

/** Follows the whole chain of the audit log and writes down the outcome. */
export async function checkChain(db: Database): Promise<AuditVerdict> {
  const verdict = await checkAuditLog(db.reader);
  await keepOutcome(db, instance, 'chain', verdict.ok ? '' : `${verdict.reason}:${verdict.position}`);
  return verdict;
}

/** The last outcome of the check of the chain; undefined before the first. */
export async function chainOutcome(db: Reader): Promise<IntegrityRow | undefined> {
  return (await listIntegrity(db, [instance])).find((row) => row.name === 'chain' && row.checked_at !== null);
}
