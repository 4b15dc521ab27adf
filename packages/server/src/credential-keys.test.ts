import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openCredentialKeys } from './credential-keys.ts';

function keysIn() {
  const dataDir = mkdtempSync(join(tmpdir(), 'votix-keys-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true }));
  const folder = join(dataDir, 'credential-keys');
  const age = (id: string) => utimesSync(join(folder, id), new Date(0), new Date(0));
  return { keys: openCredentialKeys({ dataDir }), folder, age };
}

test('a key is found until it is destroyed, by another process too; only its owner reads the file', async () => {
  const { keys, folder } = keysIn();
  const { id, key } = await keys.make();
  expect(await openCredentialKeys({ dataDir: join(folder, '..') }).find(id)).toBe(key);
  expect(statSync(join(folder, id)).mode & 0o777).toBe(0o600);
  await keys.destroy(id);
  await keys.destroy(id);
  expect(await keys.find(id)).toBeUndefined();
  expect(readdirSync(folder)).toEqual([]);
});

test('what nothing names is swept away once it is old; other files are left alone', async () => {
  const { keys, folder, age } = keysIn();
  await keys.sweep(new Set()); // before there is a folder
  const [named, old, fresh] = [await keys.make(), await keys.make(), await keys.make()];
  writeFileSync(join(folder, 'README'), '');
  for (const id of [named.id, old.id, 'README']) age(id);
  await keys.sweep(new Set([named.id]));
  expect(readdirSync(folder).toSorted()).toEqual(['README', named.id, fresh.id].toSorted());
});

test('a name that is none leads nowhere', async () => {
  const { keys } = keysIn();
  expect(() => keys.destroy('../secret')).toThrow();
  await expect(keys.find('../secret')).rejects.toThrow();
});
