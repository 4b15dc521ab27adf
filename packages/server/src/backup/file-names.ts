// Names of backups: when they were taken, and why. What was taken while people could vote says so, because it must not be
// kept longer than needed (docs/threat-model.md).

import { join } from 'node:path';

const kinds = ['backup', 'before-upgrade', 'replaced'] as const;
export type BackupKind = (typeof kinds)[number];

const ending = '.votix.gz';
const shape = new RegExp(`^(\\d{4}-\\d\\d-\\d\\dT\\d\\d-\\d\\d-\\d\\dZ)-(${kinds.join('|')})(-voting)?\\${ending}$`);

/** A folder, in which the name follows from what the backup is. */
export interface BackupPlace {
  readonly folder: string;
  readonly kind: BackupKind;
}

export function backupFile({ folder, kind }: BackupPlace, { now, voting }: { now: number; voting: boolean }): string {
  const moment = new Date(now).toISOString().replace(/\.\d+/, '').replaceAll(':', '-');
  return join(folder, `${moment}-${kind}${voting ? '-voting' : ''}${ending}`);
}

export interface NamedBackup {
  readonly name: string;
  readonly takenAt: number;
  readonly kind: BackupKind;
  readonly voting: boolean;
}

/** Undefined for a file that is not ours. */
export function readBackupName(name: string): NamedBackup | undefined {
  const [, moment = '', kind, voting] = shape.exec(name) ?? [];
  const takenAt = Date.parse(moment.replace(/T(\d\d)-(\d\d)-(\d\d)Z/, 'T$1:$2:$3Z'));
  if (kind === undefined || Number.isNaN(takenAt)) return undefined;
  return { name, takenAt, kind: kind as BackupKind, voting: voting !== undefined };
}

/** A draft of a backup that was cut off is called so. */
export const isDraftName = (name: string): boolean => name.startsWith('.') && name.includes(`${ending}.`);
