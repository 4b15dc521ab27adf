// Sessions: a random token in the browser, its hash in the database; idle and absolute limits; a new token at every
// login and every confirmation of the password, so that an old one that leaked is worth nothing.

import { createHash, randomBytes } from 'node:crypto';
import type { Database } from '../storage/database.ts';
import {
  deleteSession,
  deleteSessionsBefore,
  findSession,
  insertSession,
  type SessionRow,
  touchSession,
} from '../storage/sessions.ts';

const minutes = 60_000;
export const sessionLimits = {
  idleMs: 60 * minutes,
  absoluteMs: 12 * 60 * minutes,
  confirmedMs: 15 * minutes,
} as const;
const touchEveryMs = 1 * minutes;

export interface Session {
  readonly accountId: string;
  readonly name: string;
  readonly role: SessionRow['role'];
  /** The password, and the second step where there is one, were given within the last minutes. */
  readonly confirmed: boolean;
}

export const tokenHash = (token: string) => createHash('sha256').update(token).digest('hex');

export interface SessionStart {
  /** The token this browser had before. */
  readonly replaced?: string | undefined;
  readonly device?: string;
  /** False when what was shown is less than a confirmation asks for. */
  readonly confirmed?: boolean;
}

/** The new session's token; the one it replaces, if any, is gone. */
export async function startSession(
  db: Database,
  accountId: string,
  { replaced, device = '', confirmed = true }: SessionStart = {},
): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await db.write(async (tx) => {
    const now = await db.now(tx);
    // First: a session that has ended passes its age on to none, or nobody could log in with its cookie still set.
    await deleteSessionsBefore(tx, { seenAt: now - sessionLimits.idleMs, createdAt: now - sessionLimits.absoluteMs });
    const former = replaced === undefined ? undefined : await findSession(tx, tokenHash(replaced));
    if (former) await deleteSession(tx, former.token_hash);
    const created = former?.account_id === accountId ? former.created_at : now;
    await insertSession(tx, {
      token_hash: tokenHash(token),
      account_id: accountId,
      created_at: created,
      seen_at: now,
      authenticated_at: confirmed ? now : 0,
      device,
    });
  });
  return token;
}

export async function readSession(db: Database, token: string): Promise<Session | undefined> {
  const row = await findSession(db.reader, tokenHash(token));
  if (!row) return undefined;
  const now = await db.now();
  if (now - row.seen_at > sessionLimits.idleMs || now - row.created_at > sessionLimits.absoluteMs) return undefined;
  if (now - row.seen_at > touchEveryMs) await db.write((tx) => touchSession(tx, row.token_hash, now));
  const confirmed = now - row.authenticated_at <= sessionLimits.confirmedMs;
  return { accountId: row.account_id, name: row.name, role: row.role, confirmed };
}

export const endSession = (db: Database, token: string): Promise<void> =>
  db.write((tx) => deleteSession(tx, tokenHash(token)));
