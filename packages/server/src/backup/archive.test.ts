import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { organisation } from '../../../../tests/support/app.ts';
import { openBench } from '../../../../tests/support/databases.ts';
import { secret } from '../../../../tests/support/elections.ts';
import { anElectionIn } from '../../../../tests/support/phases.ts';
import { saveOrganisation } from '../domain/settings.ts';
import { openVault } from '../domain/vault.ts';
import { boundDigest } from './archive.ts';
import { checkArchive, judgeSecret } from './restoring.ts';
import { takeBackup } from './taking.ts';

const folder = mkdtempSync(join(tmpdir(), 'votix-archive-'));
const good = join(folder, 'good.gz');
let text = '';

beforeAll(async () => {
  const { bench, close } = await openBench('sqlite');
  await bench.db.write((tx) => saveOrganisation(tx, organisation));
  await anElectionIn(bench.db, 'open');
  const address = { kind: 'sqlite', path: bench.address } as const;
  const taken = await takeBackup({ address, secret, software: '1.2.3', file: good, now: Date.now() });
  expect(taken).toMatchObject({ ok: true, voting: true });
  await close();
  text = gunzipSync(readFileSync(good)).toString();
});
afterAll(() => rmSync(folder, { recursive: true }));

let made = 0;
function fileOf(content: Buffer | string): string {
  const path = join(folder, `made-${made++}`);
  writeFileSync(path, typeof content === 'string' ? gzipSync(content) : content);
  return path;
}

const reasonOf = async (content: Buffer | string) => {
  const checked = await checkArchive(fileOf(content));
  return checked.ok ? 'good' : checked.reason;
};

test('what was written is read, with its version, counts and check value', async () => {
  const checked = await checkArchive(good);
  if (!checked.ok) throw new Error(checked.reason);
  expect(checked.header).toMatchObject({ software: '1.2.3', database: 'sqlite', voting: true, secret: null });
  expect(checked.end.rows).toMatchObject({ elections: 1, ballots: 1, signatures: 1, voters: 3, sessions: 0 });
  expect(judgeSecret(checked, secret)).toBe('fits');
  expect(judgeSecret(checked, 'x'.repeat(40))).toBe('other-secret');
  expect(await reasonOf(text)).toBe('good');
});

test('an archive cut off anywhere is never taken for a whole one', async () => {
  const bytes = readFileSync(good);
  for (let length = 0; length < bytes.length; length += Math.ceil(bytes.length / 60))
    expect([length, await reasonOf(bytes.subarray(0, length))]).toEqual([
      length,
      expect.stringMatching(/^(truncated|not-an-archive)$/),
    ]);
  for (const missing of [1, 2, 7, 8, 9]) expect(await reasonOf(bytes.subarray(0, -missing))).toBe('truncated');
  const lines = text.split('\n');
  for (const kept of [1, 2, lines.length - 2])
    expect(await reasonOf(`${lines.slice(0, kept).join('\n')}\n`)).toBe('truncated');
});

test('a byte that was changed on the disk is noticed, wherever it is', async () => {
  const bytes = readFileSync(good);
  for (let at = 10; at < bytes.length; at += Math.ceil(bytes.length / 60)) {
    const changed = Buffer.from(bytes);
    changed[at]! ^= 0x10;
    expect([at, await reasonOf(changed)]).not.toEqual([at, 'good']);
  }
});

test.each([
  ['an empty file', Buffer.alloc(0), 'truncated'],
  ['a text', Buffer.from('hello\n'), 'not-an-archive'],
  ['gzip of something else', 'hello\n', 'not-an-archive'],
  ['JSON of something else', '{"format":"other","version":1}\n', 'not-an-archive'],
  ['a database file', Buffer.from('SQLite format 3\0'), 'not-an-archive'],
  ['a later format', '{"format":"votix backup","version":2}\n', 'newer-format'],
  ['a header that lacks something', '{"format":"votix backup","version":1}\n', 'damaged'],
])('%s is refused', async (_what, content, reason) => {
  expect(await reasonOf(content)).toBe(reason);
});

const changes: [string, (lines: string[]) => string[]][] = [
  ['a row left out', (lines) => lines.filter((line) => !line.includes('"set-up"'))],
  ['a row twice', (lines) => lines.flatMap((line) => (line.includes('"set-up"') ? [line, line] : [line]))],
  ['another value', (lines) => lines.map((line) => line.replace('Dupont1', 'Dupont9'))],
  ['a cell too many', (lines) => lines.map((line) => line.replace('["set-up",', '["set-up","x",'))],
  ['a table twice', (lines) => [...lines.slice(0, -1), '{"table":"settings","columns":["name"]}', ...lines.slice(-1)]],
  ['something behind the end', (lines) => [...lines, '["set-up","done"]']],
  ['no JSON', (lines) => lines.map((line) => line.replace('["set-up"', '[set-up'))],
  ['a fraction', (lines) => lines.map((line) => line.replace('["set-up","done"]', '["set-up",1.5]'))],
];
test.each(changes)('%s is refused', async (_what, change) => {
  const lines = change(text.trimEnd().split('\n'));
  expect(await reasonOf(`${lines.join('\n')}\n`)).toBe('damaged');
});

/** By somebody who knows the format, and not the secret. */
function forged(change: (lines: string) => string): string {
  const [body, end] = [text.split('\n').slice(0, -2).join('\n'), text.trimEnd().split('\n').at(-1)!];
  const changed = `${change(body)}\n`;
  const sha256 = createHash('sha256').update(changed).digest('hex');
  return `${changed}${JSON.stringify({ ...(JSON.parse(end) as object), sha256 })}\n`;
}

test('an archive that was changed and given a new checksum is known to be tampered with', async () => {
  const checked = await checkArchive(fileOf(forged((body) => body.replace('Dupont1', 'Dupont9'))));
  if (!checked.ok) throw new Error(checked.reason);
  expect(judgeSecret(checked, secret)).toBe('tampered');
  const own = openVault(secret).hash('backup', boundDigest(checked.end.sha256));
  expect(judgeSecret({ ...checked, end: { ...checked.end, hmac: own } }, secret)).toBe('fits');
});

test('a schema of a later version is named', async () => {
  const newer = forged((body) => body.replace('"schema":[', '"schema":["999-from-the-future",'));
  expect(await checkArchive(fileOf(newer))).toEqual({ ok: false, reason: 'newer-schema', software: '1.2.3' });
});
