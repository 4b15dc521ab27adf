// Disks and folders: room for votes, and nobody else's eyes.

import { accessSync, constants, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { freeBytesIn, leastFreeBytes } from './room.ts';
import type { Finding } from './finding.ts';

export type Places = Pick<Config, 'dataDir' | 'logDir' | 'backupDir' | 'database'>;
const lowBytes = 1_000_000_000;

/** What the system says of a folder; tests say something else. */
export interface Ground {
  readonly freeBytes: (folder: string) => number | undefined;
  readonly isWritable: (folder: string) => boolean;
}

export const realGround: Ground = { freeBytes: freeBytesIn, isWritable };

/** Of the data, the logs and the backups, each folder once. */
const foldersOf = ({ dataDir, logDir = dataDir, backupDir }: Places): string[] => [
  ...new Set([dataDir, logDir, backupDir]),
];

export function examineDisks(config: Places, { freeBytes }: Ground): Finding[] {
  return foldersOf(config)
    .filter((folder) => kindOf(folder) === 'folder')
    .map((folder): Finding => {
      const free = freeBytes(folder);
      if (free === undefined) return { about: 'disk', verdict: 'warn', says: 'disk-unknown', values: { folder } };
      const values = { folder, freeBytes: free, leastBytes: leastFreeBytes };
      if (free < leastFreeBytes) return { about: 'disk', verdict: 'bad', says: 'disk-full', values };
      const isLow = free < lowBytes;
      return { about: 'disk', verdict: isLow ? 'warn' : 'good', says: isLow ? 'disk-low' : 'disk', values };
    });
}

export function examineFolders(config: Places, { isWritable: mayWrite }: Ground): Finding[] {
  const files = config.database.kind === 'sqlite' ? [config.database.path] : [];
  const folders = foldersOf(config);
  const there = folders.filter((folder) => kindOf(folder) === 'folder'); // one that is missing is made when it is needed
  const found = [
    ...saying(
      'folder-none',
      'bad',
      folders.filter((folder) => kindOf(folder) === 'something'),
    ),
    ...saying(
      'folder-shut',
      'bad',
      there.filter((folder) => !mayWrite(folder)),
    ),
    ...saying('folder-open', 'warn', [...there, ...files].filter(isOpenToOthers)),
  ];
  return found.length > 0 ? found : [{ about: 'folders', verdict: 'good', says: 'folder-good', values: {} }];
}

const saying = (says: Finding['says'], verdict: Finding['verdict'], places: readonly string[]): Finding[] =>
  places.map((folder) => ({ about: 'folders', verdict, says, values: { folder, user: userOf() } }));

/** The secret opens whatever lies in the folder and its backups. */
export function examineSecretFile({ dataDir }: Places): Finding[] {
  const folder = join(dataDir, 'secret');
  return isOpenToOthers(folder) ? [{ about: 'secret', verdict: 'bad', says: 'secret-open', values: { folder } }] : [];
}

function kindOf(path: string): 'folder' | 'something' | 'nothing' {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined) return 'nothing';
    return found.isDirectory() ? 'folder' : 'something';
  } catch {
    return 'something'; // a file stands where a folder above should be
  }
}

/** To everybody on the machine, whoever owns it and in whatever group; Windows has no such bits. */
function isOpenToOthers(path: string): boolean {
  if (process.platform === 'win32' || kindOf(path) === 'nothing') return false;
  return (statSync(path).mode & 0o007) !== 0;
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const userOf = (): string => `${process.getuid?.() ?? ''}:${process.getgid?.() ?? ''}`;
