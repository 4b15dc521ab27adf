// Pauses after too many attempts under one name. An attempt is counted before it is tried, so that a hundred at once
// are a hundred; a success forgets them.

import type { Database } from '../storage/database.ts';
import { deleteThrottle, deleteThrottlesBefore, lockThrottle, saveThrottle } from '../storage/throttles.ts';
import type { Instant } from '../storage/tables.ts';

export interface ThrottleRule {
  readonly attempts: number;
  readonly pauseMs: number;
  readonly longestPauseMs: number;
}

export type Attempt =
  { readonly ok: true } | { readonly ok: false; readonly reason: 'paused'; readonly until: Instant };

export async function countAttempt(db: Database, name: string, rule: ThrottleRule): Promise<Attempt> {
  return db.write(async (tx) => {
    const row = await lockThrottle(tx, name);
    const now = await db.now(tx);
    if (now < row.paused_until) return { ok: false, reason: 'paused', until: row.paused_until };
    const attempts = row.attempts + 1;
    const pausing = attempts >= rule.attempts;
    const pauseMs = Math.min(rule.pauseMs * 2 ** Math.min(row.pauses, 20), rule.longestPauseMs);
    await saveThrottle(tx, {
      name,
      attempts: pausing ? 0 : attempts,
      pauses: row.pauses + (pausing ? 1 : 0),
      paused_until: pausing ? now + pauseMs : 0,
      seen_at: now,
    });
    return { ok: true };
  });
}

/** At most so many within any window that begins with the first of them. */
export async function countInWindow(
  db: Database,
  name: string,
  { most, windowMs }: { readonly most: number; readonly windowMs: number },
): Promise<Attempt> {
  return db.write(async (tx) => {
    const row = await lockThrottle(tx, name);
    const now = await db.now(tx);
    const isNew = now >= row.seen_at + windowMs;
    if (!isNew && row.attempts >= most) return { ok: false, reason: 'paused', until: row.seen_at + windowMs };
    await saveThrottle(tx, { ...row, attempts: isNew ? 1 : row.attempts + 1, seen_at: isNew ? now : row.seen_at });
    return { ok: true };
  });
}

const staleMs = 24 * 60 * 60_000;

/** After a success. */
export const forgetAttempts = (db: Database, name: string): Promise<void> => db.write((tx) => deleteThrottle(tx, name));

/** Everything older than a day goes, so that a flood of names does not stay for ever. To be called again and again. */
export async function forgetStaleAttempts(db: Database): Promise<void> {
  await db.write(async (tx) => {
    const now = await db.now(tx);
    await deleteThrottlesBefore(tx, { seenAt: now - staleMs, pausedUntil: now });
  });
}
