// Before the tables of an existing database are changed: nobody may be voting, unless the operator says so, and a backup is
// taken. Whatever goes wrong here stops the start while the database is as it was.

import release from '../package.json' with { type: 'json' };
import { takeBackup } from './backup/taking.ts';
import type { Config } from './config.ts';
import { findSecret, SecretRefused } from './secret.ts';
import { withSnapshot } from './storage/snapshots.ts';

export class UpgradeRefused extends Error {}

const voting = `People can vote at this moment, and this version changes the database.
Start the former version again and upgrade after the close. If you must, MIGRATE_WHILE_OPEN=True does it now.`;

/** To be called before migrations; throws UpgradeRefused or SecretRefused. Says where the backup is. */
export async function prepareUpgrade(config: Config): Promise<string | undefined> {
  const { database: address, backupDir: folder, migrateWhileOpen } = config;
  const now = Date.now();
  const isOpen = await withSnapshot(address, (snapshot) => snapshot.isVoting(now));
  if (isOpen && !migrateWhileOpen) throw new UpgradeRefused(voting);
  const secret = findSecret(config);
  if (secret === undefined) throw new UpgradeRefused('The secret of this database is missing: put its file back.');
  const place = { folder, kind: 'before-upgrade' } as const;
  const taken = await takeBackup({ address, secret, software: release.version, file: place, now }).catch(
    (error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      throw new UpgradeRefused(`This version changes the database, and the backup before it could not be written: ${why}
Nothing was changed. Mend that, or set BACKUP_DIR to another folder.`);
    },
  );
  if (!taken.ok && taken.reason === 'other-secret') throw new SecretRefused();
  return taken.ok ? taken.file : undefined; // a process that starts at the same moment has written it, or there is nothing yet
}
