// The audit log: who did what, when and why, in the same transaction as the deed. Each entry is bound to the one before by
// SHA-256, so that none can be changed, removed or put in between without it showing. Ids only: no name, address, link,
// code or choice, so that the log may stay when the voters' data are deleted. Casts never write here.

import { findAuditEnd, insertAuditEntry, lockAuditHead, readAuditEntries } from '../storage/audit-log.ts';
import type { Database, Reader, Writer } from '../storage/database.ts';
import { auditHash, type AuditVerdict, verifyAuditChain } from './audit-chain.ts';
import type { Member } from './scopes.ts';

/** Every deed the log knows. */
export const auditActions = [
  'instance-reset',
  'instance-restored',
  'setup-finished',
  'settings-changed',
  'user-added',
  'user-edited',
  'user-removed',
  'user-sessions-ended',
  'user-link-issued',
  'user-password-replaced',
  'password-chosen',
  'password-reset-asked',
  'password-reset',
  'password-changed',
  'own-sessions-ended',
  'totp-added',
  'totp-removed',
  'passkey-added',
  'passkey-renamed',
  'passkey-removed',
  'recovery-codes-made',
  'recovery-code-used',
  'second-step-removed',
  'two-person-rule-on',
  'two-person-rule-off',
  'approval-asked',
  'approval-confirmed',
  'approval-refused',
  'approval-withdrawn',
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
  'contest-added',
  'contest-edited',
  'contest-moved',
  'contest-removed',
  'order-drawn',
  'rules-changed',
  'candidate-added',
  'candidate-edited',
  'candidate-moved',
  'candidate-removed',
  'logo-removed',
  'voters-added',
  'voters-imported',
  'roll-exported',
  'import-undone',
  'voter-added',
  'voter-edited',
  'voter-removed',
  'voters-removed',
  'link-replaced',
  'code-replaced',
  'access-shown',
  'mail-tested',
  'mailing-started',
  'mailing-paused',
  'mailing-resumed',
  'mailing-cancelled',
  'mail-text-saved',
  'code-channel-chosen',
  'building-added',
  'building-edited',
  'building-removed',
  'trustee-added',
  'trustee-removed',
  'trustee-restarted',
  'trustee-step',
  'threshold-changed',
  'registrar-named',
  'registrar-dismissed',
  'registrar-restarted',
  'credentials-made',
  'reserve-given',
  'credential-replaced',
  'share-received',
  'directory-connected',
  'directory-disconnected',
] as const;

export type AuditAction = (typeof auditActions)[number];

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

/** The whole chain, read in chunks: from the first entry to the end that the head row tells. */
export async function checkAuditLog(db: Reader): Promise<AuditVerdict> {
  const { highest, ...head } = await findAuditEnd(db);
  const verdict = await verifyAuditChain(readAuditEntries(db, head.position), head);
  // An entry behind the head has come in without moving it; later ones of other processes move both at once.
  if (verdict.ok && highest > head.position) return { ok: false, position: head.position + 1, reason: 'head-differs' };
  return verdict;
}
