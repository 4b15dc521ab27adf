import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readSecret } from './secret.ts';

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'votix-secret-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

const read = (dataDir: string, secretKey?: string) => readSecret({ dataDir, secretKey });

test('what the operator gave is taken, and no file is made', () => {
  const folder = aFolder();
  expect(read(folder, 'given')).toBe('given');
  expect(readdirSync(folder)).toEqual([]);
});

test('the first start makes a secret that only its owner can read, later ones find it', () => {
  const folder = aFolder();
  const secret = read(folder);
  expect(secret).toMatch(/^[0-9a-f]{64}$/);
  expect(read(folder)).toBe(secret);
  expect(read(aFolder())).not.toBe(secret);
  expect(readdirSync(folder)).toEqual(['secret']);
  if (process.platform !== 'win32') expect(statSync(join(folder, 'secret')).mode & 0o777).toBe(0o600);
});

test.each(['', '\n', 'abc'])('a damaged file (%j) is refused and left as it is', (text) => {
  const folder = aFolder();
  writeFileSync(join(folder, 'secret'), text);
  expect(() => read(folder)).toThrow('damaged');
  expect(readFileSync(join(folder, 'secret'), 'utf8')).toBe(text);
});
