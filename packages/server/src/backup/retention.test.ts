import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type BackupKind, backupFile, readBackupName } from './file-names.ts';
import { pruneBackups, surplus } from './retention.ts';

const hour = 3_600_000;
const start = Date.UTC(2026, 10, 27);
const named = (hours: number, voting = false, kind: BackupKind = 'backup') =>
  readBackupName(backupFile({ folder: '', kind }, { now: start + hours * hour, voting }))!;
const gone = (backups: ReturnType<typeof named>[], keep: number) =>
  surplus(backups, keep).map(({ takenAt }) => (takenAt - start) / hour);

test('a name tells moment, kind and whether people could vote', () => {
  expect(named(7, true)).toEqual({
    name: '2026-11-27T07-00-00Z-backup-voting.votix.gz',
    takenAt: start + 7 * hour,
    kind: 'backup',
    voting: true,
  });
  for (const other of [
    'db.sqlite',
    '2026-11-27T07-00-00Z-backup.votix.gz.part',
    '2026-99-27T07-00-00Z-backup.votix.gz',
  ])
    expect(readBackupName(other)).toBeUndefined();
});

test('the newest are kept, of each kind so many', () => {
  expect(gone([named(0), named(3), named(1), named(2)], 2)).toEqual([1, 0]);
  expect(gone([named(0), named(1), named(2, false, 'before-upgrade')], 1)).toEqual([0]);
  expect(gone([named(0, false, 'replaced'), named(1), named(2)], 1)).toEqual([1]);
});

test('of backups taken while people could vote only the newest of all is kept', () => {
  expect(gone([named(0), named(1, true)], 10)).toEqual([]);
  expect(gone([named(0), named(1, true), named(2, true)], 10)).toEqual([1]);
  expect(gone([named(0), named(1, true), named(2)], 10)).toEqual([1]);
});

test('nothing but backups and their old drafts is deleted from the folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'votix-retention-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const names = [named(0).name, named(1).name, 'notes.txt', `.${named(2).name}.ab12`, `.${named(3).name}.cd34`];
  for (const name of names) writeFileSync(join(folder, name), '');
  utimesSync(join(folder, names[3]!), 0, 0);
  expect(pruneBackups(folder, 1, Date.now())).toEqual([named(0).name, names[3]]);
  expect(new Set(readdirSync(folder))).toEqual(new Set([names[1], names[2], names[4]]));
});
