// The groups by name.

import { belenios2048Group } from './belenios-2048.ts';
import { ed25519Group } from './ed25519.ts';
import type { Group } from './group.ts';

const GROUPS: readonly Group[] = [ed25519Group, belenios2048Group];

/** The group an election names, undefined for one that this version does not know. */
export function findGroup(name: unknown): Group | undefined {
  return GROUPS.find((group) => group.name === name);
}
