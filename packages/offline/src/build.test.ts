import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import election from '../../../vectors/sealed/election.json' with { type: 'json' };
import records from '../../../vectors/sealed/records.json' with { type: 'json' };
import { buildOffline } from './build.ts';

const folder = mkdtempSync(join(tmpdir(), 'votix-offline-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const bundle = await buildOffline(join(folder, 'built', 'votix-offline.mjs'));

/** Ours, and the machine's own when it is another one that will do. */
function nodes(): string[] {
  const onPath = (process.env['PATH'] ?? '').split(delimiter).filter((place) => !place.includes('node_modules'));
  const own = onPath.map((place) => join(place, 'node')).find((path) => existsSync(path));
  const major = own && Number(/^v(\d+)/.exec(spawnSync(own, ['--version'], { encoding: 'utf8' }).stdout)?.[1]);
  return own !== undefined && Number(major) >= 20 ? [process.execPath, own] : [process.execPath];
}

test.each(nodes())('the bundle runs in an empty folder, under %s', (node) => {
  const empty = mkdtempSync(join(folder, 'empty-'));
  copyFileSync(bundle.path, join(empty, 'votix-offline.mjs'));
  const run = (args: readonly string[], input = '') =>
    spawnSync(node, ['votix-offline.mjs', ...args], { cwd: empty, input, encoding: 'utf8', env: {} });
  expect(run(['--version']).stdout).toMatch(/^votix-offline \d/);
  writeFileSync(join(empty, 'record.json'), records[0]!.record);
  writeFileSync(join(empty, 'key.pem'), election.keyFile);
  expect(run(['verify', 'record.json']).status).toBe(0);
  const opened = run(['open', 'record.json', '--key', 'key.pem', '--json'], `${election.passphrase}\n`);
  expect(opened.status).toBe(0);
  expect(JSON.parse(opened.stdout)).toMatchObject({ ok: true, comparison: { verdict: 'same' } });
  const made = run(['keys', 'generate', 'new.pem', '--json']);
  const { passphrase } = JSON.parse(made.stdout) as { readonly passphrase: string };
  expect(run(['keys', 'check', 'new.pem', '--json'], passphrase).status).toBe(0);
  expect(run(['verfy']).status).toBe(2);
});

test('two builds give the same bytes, with the licence of every package in them', async () => {
  mkdirSync(join(folder, 'again'));
  const again = await buildOffline(join(folder, 'again', 'votix-offline.mjs'));
  expect(again.digest).toBe(bundle.digest);
  const text = readFileSync(again.path, 'utf8');
  expect(text).toMatch(/^#!\/usr\/bin\/env node\n/);
  for (const name of ['@noble/hashes', 'jose', 'shamir-secret-sharing']) expect(text).toContain(`// ${name}\n`);
  expect(text).not.toContain(process.cwd());
});
