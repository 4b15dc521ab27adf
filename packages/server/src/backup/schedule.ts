// The backups that the server takes by itself: one process at a time, whichever finds that one is due. When voting has ended
// since the last one, the next is due at once, so that the one with votes on their way can go.

import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { isSetUp } from '../domain/settings.ts';
import { findBackupRun, insertBackupRun, leaseBackupRun, updateBackupRun } from '../storage/backup-runs.ts';
import type { Database } from '../storage/database.ts';
import { isVoting } from '../storage/snapshots.ts';
import type { Instant } from '../storage/tables.ts';
import { pruneBackups } from './retention.ts';
import type { BackupOutcome, BackupWish, Taken } from './taking.ts';

const [minute, hour] = [60_000, 3_600_000];
/** After the first start: whoever sets Votix up is soon done, and does not wait a day. */
const firstAfterMs = 15 * minute;
const leaseMs = hour;
const againAfterMs = hour;

export interface BackupPlan {
  readonly folder: string;
  /** 0 for never. */
  readonly everyMs: number;
  readonly keep: number;
}

export type TakeBackup = (wish: BackupWish) => Promise<BackupOutcome>;
export type Report = { readonly taken: Taken; readonly deleted: readonly string[] };

/**
 * One round, to be called every minute: what was done, or undefined when nothing was due. Throws when it failed, and when
 * former ones could not be deleted, which makes none of the one that was taken.
 */
export async function backUpWhenDue(
  db: Database,
  { folder, everyMs, keep }: BackupPlan,
  take: (place: BackupWish['file'], now: number) => Promise<BackupOutcome>,
): Promise<Report | undefined> {
  if (everyMs === 0 || !(await isSetUp(db.reader))) return undefined;
  const now = await db.now();
  const run = await findBackupRun(db.reader);
  if (!run) {
    await db.write((tx) => insertBackupRun(tx, now + Math.min(firstAfterMs, everyMs)));
    return undefined;
  }
  const hasEnded = run.voting === 1 && !(await isVoting(db.reader, now));
  if (!hasEnded && run.due_at > now) return undefined;
  const claim = {
    now,
    dueBefore: hasEnded ? Number.MAX_SAFE_INTEGER : now,
    leaseUntil: now + leaseMs,
    takenAt: run.taken_at,
  };
  if (!(await db.write((tx) => leaseBackupRun(tx, claim)))) return undefined;
  const taken = await takeLeased(db, { now, everyMs }, () => take({ folder, kind: 'backup' }, now));
  return taken && { taken, deleted: pruneBackups(folder, keep, Date.now()) };
}

/** Writes down what became of it; undefined when it was broken off. */
async function takeLeased(
  db: Database,
  { now, everyMs }: { readonly now: Instant; readonly everyMs: number },
  take: () => Promise<BackupOutcome>,
): Promise<Taken | undefined> {
  try {
    const taken = await take();
    if (!taken.ok) throw new Error(taken.reason);
    const { file, bytes, voting } = taken;
    const done = { taken_at: now, file, bytes, voting: voting ? 1 : 0, fault: '' } as const;
    await db.write((tx) => updateBackupRun(tx, { ...done, due_at: now + everyMs, lease_until: 0 }));
    return taken;
  } catch (error) {
    if (error instanceof BackupBrokenOff) {
      // Not a failure: it is still due, and another process may take it at once.
      await db.write((tx) => updateBackupRun(tx, { lease_until: 0 }));
      return undefined;
    }
    const fault = error instanceof Error && 'code' in error ? String(error.code) : 'failed';
    const dueAt = now + Math.min(everyMs, againAfterMs);
    // A voting mark would make it due at once again; it is set anew by the next one that works.
    await db.write((tx) => updateBackupRun(tx, { failed_at: now, fault, due_at: dueAt, lease_until: dueAt }));
    throw error;
  }
}

/** The process stops. */
class BackupBrokenOff extends Error {}

export interface BackupWorker {
  readonly take: TakeBackup;
  /** Breaks off what is on its way, which leaves no draft behind if it can be helped. */
  close(): Promise<void>;
}

/** For the worker to delete its draft. */
const tidyMs = 2000;

export function createBackupWorker(): BackupWorker {
  let running: Worker | undefined;
  let isClosed = false;
  return {
    take: async (wish) => {
      if (isClosed) throw new BackupBrokenOff();
      const worker = new Worker(new URL('./backup-worker.ts', import.meta.url), { workerData: wish });
      running = worker;
      worker.unref();
      const ended = new AbortController();
      const { signal } = ended;
      const broken = once(worker, 'exit', { signal }).then((): never => {
        throw new Error('The backup was broken off.');
      });
      try {
        const [outcome] = (await Promise.race([once(worker, 'message', { signal }), broken])) as [BackupOutcome];
        return outcome;
      } catch (error) {
        throw isClosed ? new BackupBrokenOff() : error;
      } finally {
        running = undefined;
        broken.catch(() => {});
        ended.abort();
      }
    },
    close: async () => {
      isClosed = true;
      const worker = running;
      if (!worker) return;
      const gone = once(worker, 'exit').catch(() => {});
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker of Node has no origin
      worker.postMessage('break off');
      await Promise.race([gone, wait(tidyMs, undefined, { ref: false })]);
      await worker.terminate();
    },
  };
}
