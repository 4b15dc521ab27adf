// The audit log: who did what, when and why, in the same transaction as the deed. Each entry is bound to the one before by
// SHA-256, so that none can be changed, removed or put in between without it showing. Ids only: no name, address, link,
// code or choice, so that the log may stay when the voters' data are deleted. Casts never write here.

import { createHash } from 'node:crypto';
import { type AuditRow, insertAuditEntry, lockAuditHead } from '../storage/audit-log.ts';
import type { Database, Writer } from '../storage/database.ts';
import type { Member } from './scopes.ts';

/** Every deed the log knows. */
const auditActions = [
  'instance-reset',
  'setup-finished',
  'election-created',
  'election-edited',
  'election-armed',
  'election-disarmed',
  'election-extended',
  'election-abandoned',
  'election-cloned',
  'election-deleted',
  'election-archived',
  'election-purged',
  'possession-proven',
  'rehearsal-made',
  'rehearsal-closed',
  'rehearsal-wiped',
  'sheets-handed-out',
  'box-opened',
  'result-published',
  'candidate-added',
  'candidate-edited',
  'candidate-removed',
  'voters-added',
] as const;

type AuditAction = (typeof auditActions)[number];

/** Who acts: somebody logged in, the command line, or the server by itself. */
export type Actor = Member | 'command' | 'system';

export interface AuditEntry {
  readonly actor: Actor;
  readonly action: AuditAction;
  readonly electionId?: string | undefined;
  /** The id of the voter, candidate, building or account it was done to. */
  readonly subject?: string | undefined;
  /** Counts, instants, names of fields and settings; never a secret or a person's data. */
  readonly details?: Readonly<Record<string, string | number | boolean>>;
  /** In the words of whoever did it. */
  readonly reason?: string | undefined;
}

const actorId = (actor: Actor): string => (typeof actor === 'string' ? actor : actor.accountId);

/** The hash of an entry: SHA-256 of the compact JSON array of everything in it, the former entry's hash first. */
function auditHash(entry: Omit<AuditRow, 'hash'>): string {
  const { previous, position, at, actor, action, election_id, subject, details, reason } = entry;
  const text = JSON.stringify([previous, position, at, actor, action, election_id, subject, details, reason]);
  return createHash('sha256').update(text).digest('hex');
}

/** To be called last in a transaction: the head stays locked until it ends. */
export async function recordAudit(db: Database, tx: Writer, entry: AuditEntry): Promise<void> {
  const head = await lockAuditHead(tx);
  const row = {
    position: head.position + 1,
    at: await db.now(tx),
    actor: actorId(entry.actor),
    action: entry.action,
    election_id: entry.electionId ?? null,
    subject: entry.subject ?? null,
    details: JSON.stringify(entry.details ?? {}),
    reason: entry.reason ?? '',
    previous: head.hash,
  };
  const deed = { ...row, hash: auditHash(row) };
  await insertAuditEntry(tx, deed);
  db.announce(tx, deed);
}
