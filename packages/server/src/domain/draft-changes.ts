// A change of a draft that may refuse by itself, with its entry in the audit log.

import type { Database, Writer } from '../storage/database.ts';
import { type AuditEntry, recordAudit } from './audit-log.ts';
import { type Change, changeDraft, type Election } from './elections.ts';
import type { Technician } from './scopes.ts';

export interface HeldDraft {
  readonly tx: Writer;
  readonly election: Election;
  /** Writes what was done into the audit log. */
  readonly record: (entry: Pick<AuditEntry, 'action' | 'subject' | 'details'>) => Promise<void>;
}

/** Flattened into one answer. */
export async function changeHeld<T extends { readonly ok: boolean }>(
  db: Database,
  actor: Technician,
  electionId: string,
  work: (held: HeldDraft) => Promise<T>,
): Promise<T | Extract<Change, { ok: false }>> {
  const outcome = await changeDraft(db, electionId, (tx, election) =>
    work({ tx, election, record: (entry) => recordAudit(db, tx, { actor, electionId, ...entry }) }),
  );
  return outcome.ok ? outcome.value : outcome;
}
