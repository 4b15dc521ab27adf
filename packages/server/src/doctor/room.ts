// Whether a vote still fits on the disk. Below this the server says that it is not ready, so that a proxy sends nobody here
// and voters read that their vote is not recorded, before the database fails half-way.

import { statfsSync } from 'node:fs';

export const leastFreeBytes = 50_000_000;

/** Undefined where the system does not tell. */
export function freeBytesIn(folder: string): number | undefined {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return undefined;
  }
}

/** True where the system does not tell. */
export const hasRoom = (folder: string): boolean => (freeBytesIn(folder) ?? leastFreeBytes) >= leastFreeBytes;
