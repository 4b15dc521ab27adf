// One's own sessions: where one is logged in, and ending that from afar.

import type { Database } from '../storage/database.ts';
import { deleteSessionOf, deleteSessionsOf, listSessions } from '../storage/sessions.ts';
import type { Instant } from '../storage/tables.ts';
import { recordAudit } from './audit-log.ts';
import type { Member } from './scopes.ts';
import { sessionLimits, tokenHash } from './sessions.ts';

export interface OwnSession {
  /** Names it in a form; the cookie cannot be found from it. */
  readonly id: string;
  readonly device: string;
  readonly startedAt: Instant;
  readonly seenAt: Instant;
  /** The one that asks. */
  readonly current: boolean;
}

/** The sessions of this account that still run, the latest first. */
export async function listOwnSessions(db: Database, { accountId }: Member, token: string): Promise<OwnSession[]> {
  const [rows, now] = [await listSessions(db.reader, accountId), await db.now()];
  return rows
    .filter((row) => now - row.seen_at <= sessionLimits.idleMs && now - row.created_at <= sessionLimits.absoluteMs)
    .map((row) => ({
      id: row.token_hash,
      device: row.device,
      startedAt: row.created_at,
      seenAt: row.seen_at,
      current: row.token_hash === tokenHash(token),
    }));
}

/** One of one's own sessions, or with `others` every one but that of this token. */
export async function endOwnSessions(
  db: Database,
  actor: Member,
  which: { readonly id: string } | { readonly othersThan: string },
): Promise<void> {
  await db.write(async (tx) => {
    const ended =
      'id' in which
        ? Number(await deleteSessionOf(tx, actor.accountId, which.id))
        : await deleteSessionsOf(tx, actor.accountId, tokenHash(which.othersThan));
    if (ended > 0)
      await recordAudit(db, tx, { actor, action: 'own-sessions-ended', subject: actor.accountId, details: { ended } });
  });
}
