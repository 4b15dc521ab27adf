// The folders that the server writes: made when missing, and refused with the command that mends them when this user may not
// write there. Mounted folders often belong to root: whoever mounts a folder that is not there gets one from root.

import { accessSync, constants, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

export class FoldersRefused extends Error {}

/** What a disk that is mounted here keeps for itself. */
const ofFileSystem = 'lost+found';

interface Refusal {
  readonly folder: string;
  readonly isMissing: boolean;
  readonly isReadOnly: boolean;
}

/** Throws FoldersRefused, once for all of them. */
export function requireFolders(folders: readonly string[]): void {
  const refusals = folders.flatMap((folder) => refusalOf(folder) ?? []);
  if (refusals.length === 0) return;
  throw new FoldersRefused(describeRefusals(refusals, { uid: process.getuid?.(), gid: process.getgid?.() }));
}

function refusalOf(folder: string): Refusal | undefined {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    for (const name of readdirSync(folder)) if (name !== ofFileSystem) requireOurs(join(folder, name));
    return undefined;
  } catch (error) {
    const { code = '', syscall } = error as NodeJS.ErrnoException;
    if (!['EACCES', 'EPERM', 'EROFS'].includes(code)) throw error;
    return { folder, isMissing: syscall === 'mkdir', isReadOnly: code === 'EROFS' };
  }
}

/** What a start as another user has left. The operator may forbid us to write what is ours. */
function requireOurs(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found && found.uid !== process.getuid?.()) accessSync(path, constants.R_OK | constants.W_OK);
}

interface User {
  readonly uid: number | undefined;
  readonly gid: number | undefined;
}

/** Relative to where Votix starts, as far as possible: in a container these are the paths beside compose.yml as well. */
export function describeRefusals(refusals: readonly Refusal[], { uid, gid }: User): string {
  const names = refusals.map(({ folder }) => nameOf(folder));
  const [all, listed] = [names.join(' '), names.join(' and ')];
  if (refusals.some(({ isReadOnly }) => isReadOnly))
    return `Votix must write into ${listed}, which is read-only. In a container, mount a folder there.`;
  const who = uid === undefined ? 'Votix' : `Votix runs as user ${uid} and`;
  const make = refusals.some(({ isMissing }) => isMissing) ? `sudo mkdir -p ${all} && ` : '';
  const command =
    uid === undefined
      ? ''
      : `, where it starts or beside its compose.yml:\n\n  ${make}sudo chown -R ${uid}:${gid} ${all}\n`;
  return `${who} may not write into ${listed}. Give it what is there${command}`;
}

function nameOf(folder: string): string {
  const path = relative(process.cwd(), resolve(folder));
  return path.startsWith('..') || path === '' ? resolve(folder) : `./${path}`;
}
