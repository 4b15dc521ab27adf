// That a user who may not write gets this sentence is shown by a container (tests/slow/container.test.ts): root may write everywhere.
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeRefusals, requireFolders } from './folders.ts';

const inside = (name: string) => join(process.cwd(), name);
const refused = (folder: string) => ({ folder, isMissing: false, isReadOnly: false });
const user = { uid: 1000, gid: 1000 };

test('the command for all folders at once is told, with paths that fit outside of a container too', () => {
  expect(describeRefusals([refused(inside('data')), refused(inside('logs'))], user)).toBe(
    `Votix runs as user 1000 and may not write into ./data and ./logs. Give it what is there, where it starts or beside its compose.yml:

  sudo chown -R 1000:1000 ./data ./logs
`,
  );
});

test('a folder elsewhere is named in full, and made when it is not there', () => {
  const told = describeRefusals([{ ...refused('/srv/votix'), isMissing: true }], user);
  expect(told).toContain('  sudo mkdir -p /srv/votix && sudo chown -R 1000:1000 /srv/votix\n');
});

test('giving away a file system that is read-only would not help', () => {
  const told = describeRefusals([{ ...refused(inside('data')), isReadOnly: true }], user);
  expect(told).toBe('Votix must write into ./data, which is read-only. In a container, mount a folder there.');
});

test('folders that are missing are made, for this user only', () => {
  const home = mkdtempSync(join(tmpdir(), 'votix-folders-'));
  try {
    requireFolders([join(home, 'a/data'), join(home, 'logs')]);
    expect(readdirSync(home).toSorted()).toEqual(['a', 'logs']);
    expect(statSync(join(home, 'a/data')).mode & 0o777).toBe(0o700);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
});
