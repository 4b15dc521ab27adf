// Disks and folders: room for votes, and nobody else's eyes.

import { accessSync, constants, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { hasRoom, leastFreeBytes } from './room.ts';
import type { Finding } from './finding.ts';

type Places = Pick<Config, 'dataDir' | 'logDir' | 'backupDir' | 'database'>;
const lowBytes = 1_000_000_000;

/** Of the data, the logs and the backups, each folder once. */
const foldersOf = ({ dataDir, logDir, backupDir }: Places): string[] => [...new Set([dataDir, logDir, backupDir])];

export function examineDisks(config: Places): Finding[] {
  return foldersOf(config)
    .filter((folder) => statSync(folder, { throwIfNoEntry: false }) !== undefined)
    .map((folder): Finding => {
      try {
        const { bavail, bsize } = statfsSync(folder);
        const values = { folder, freeBytes: bavail * bsize, leastBytes: leastFreeBytes };
        if (!hasRoom(folder)) return { about: 'disk', verdict: 'bad', says: 'disk-full', values };
        const isLow = values.freeBytes < lowBytes;
        return { about: 'disk', verdict: isLow ? 'warn' : 'good', says: isLow ? 'disk-low' : 'disk', values };
      } catch {
        return { about: 'disk', verdict: 'warn', says: 'disk-unknown', values: { folder } };
      }
    });
}

export function examineFolders(config: Places): Finding[] {
  const files = [join(config.dataDir, 'secret'), ...(config.database.kind === 'sqlite' ? [config.database.path] : [])];
  const open = [...foldersOf(config), ...files].filter(isOpenToOthers);
  const shut = foldersOf(config).filter((folder) => !isWritable(folder));
  const finding = (
    says: 'folder-open' | 'folder-shut',
    places: readonly string[],
    verdict: Finding['verdict'],
  ): Finding[] => places.map((folder) => ({ about: 'folders', verdict, says, values: { folder, user: userOf() } }));
  const found = [...finding('folder-shut', shut, 'bad'), ...finding('folder-open', open, 'warn')];
  return found.length > 0 ? found : [{ about: 'folders', verdict: 'good', says: 'folder-good', values: {} }];
}

/** Read by others than the owner; Windows has no such bits. */
function isOpenToOthers(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return process.platform !== 'win32' && found !== undefined && (found.mode & 0o007) !== 0;
}

function isWritable(folder: string): boolean {
  if (statSync(folder, { throwIfNoEntry: false }) === undefined) return true; // made when it is needed
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const userOf = (): string => `${process.getuid?.() ?? ''}:${process.getgid?.() ?? ''}`;
