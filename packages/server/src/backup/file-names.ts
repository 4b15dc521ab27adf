// Names of backups: when they were taken, and why. What was taken while people could vote says so, because it must not be
// kept longer than needed (docs/threat-model.md).

import { join } from 'node:path';

type BackupKind = 'backup' | 'replaced';

const ending = '.votix.gz';

export function backupFile(
  folder: string,
  kind: BackupKind,
  { now, voting }: { now: number; voting: boolean },
): string {
  const moment = new Date(now).toISOString().replace(/\.\d+/, '').replaceAll(':', '-');
  return join(folder, `${moment}-${kind}${voting ? '-voting' : ''}${ending}`);
}
