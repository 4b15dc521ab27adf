// Which backups are kept: of each kind the newest, so many as are wanted. One that was taken while people could vote goes as
// soon as there is a newer one, whatever the number: two of them, compared, would show who voted between them and which
// ballots came (docs/threat-model.md).

import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isDraftName, type NamedBackup, readBackupName } from './file-names.ts';

const day = 86_400_000;

/** Those that go. What a restore replaced is never among them: only whoever replaced it knows. */
export function surplus(backups: readonly NamedBackup[], keep: number): NamedBackup[] {
  const ours = backups.filter(({ kind }) => kind !== 'replaced').toSorted((a, b) => b.takenAt - a.takenAt);
  const kept = { backup: 0, 'before-upgrade': 0, replaced: 0 };
  return ours.filter(({ voting, kind }, index) => (voting ? index > 0 : ++kept[kind] > keep));
}

function listBackups(folder: string): NamedBackup[] {
  const found = readdirSync(folder).map(readBackupName);
  return found.filter((backup) => backup !== undefined);
}

/** The names of what was deleted; drafts that a broken-off backup left behind go too. */
export function pruneBackups(folder: string, keep: number, now: number): string[] {
  const drafts = readdirSync(folder).filter(isDraftName);
  const old = drafts.filter(
    (name) => (statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? now) < now - day,
  );
  const gone = [...surplus(listBackups(folder), keep).map(({ name }) => name), ...old];
  for (const name of gone) rmSync(join(folder, name), { force: true });
  return gone;
}
