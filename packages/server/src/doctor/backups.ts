// How old the last backup is that the server took by itself.

import type { Config } from '../config.ts';
import { findBackupRun } from '../storage/backup-runs.ts';
import type { Database } from '../storage/database.ts';
import type { Finding } from './finding.ts';

const hour = 3_600_000;

export async function examineBackups(
  db: Database,
  { backupEveryMs, backupDir }: Pick<Config, 'backupEveryMs' | 'backupDir'>,
): Promise<Finding> {
  const about = 'backups';
  const run = await findBackupRun(db.reader);
  const values = { folder: backupDir, hours: backupEveryMs / hour };
  if (backupEveryMs === 0) return { about, verdict: 'warn', says: 'backups-off', values };
  if (run && run.fault !== '')
    return {
      about,
      verdict: 'bad',
      says: 'backups-failed',
      values: { ...values, fault: run.fault, failedAt: run.failed_at ?? 0 },
    };
  if (!run || run.taken_at === null) return { about, verdict: 'warn', says: 'backups-none', values };
  const isOld = (await db.now()) - run.taken_at > 2 * backupEveryMs;
  const taken = { ...values, takenAt: run.taken_at, sizeBytes: run.bytes };
  return { about, verdict: isOld ? 'bad' : 'good', says: isOld ? 'backups-old' : 'backups-good', values: taken };
}
