import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, expect, inject, onTestFinished, test } from 'vitest';
import { anEmptyDatabase, bothKinds } from '../../../../tests/support/databases.ts';
import { jsonOf, removeCommandFiles, runVotix, startVotixCommand } from '../../../../tests/support/votix-command.ts';

afterAll(removeCommandFiles);

const facts = ['cast', 'castsPerSecond', 'database', 'invalid', 'ok', 'p50Ms', 'p99Ms', 'sealing', 'seconds'];

async function query(connectionString: string, statement: string): Promise<unknown[]> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
}

test.each(bothKinds)(
  'a whole election of 12 voters on %s, and nothing is left of it',
  async (kind) => {
    const temporary = mkdtempSync(join(tmpdir(), 'votix-test-'));
    onTestFinished(() => rmSync(temporary, { recursive: true }));
    const database = kind === 'sqlite' ? [] : ['--database', inject('postgresUrl')];
    const args = ['rehearse', '--voters', '12', '--concurrency', '4', '--json', ...database];
    const ended = await runVotix(args, { environment: { TMPDIR: temporary } });
    const answer = jsonOf(ended);
    expect(ended.code, JSON.stringify(answer)).toBe(0);
    expect(answer).toMatchObject({
      ok: true,
      sealing: 'sealed-box',
      database: kind,
      voters: 12,
      cast: 12,
      tallied: 12,
    });
    expect(Object.keys(answer).sort()).toEqual([...facts, 'tallied', 'voters']);
    expect(readdirSync(temporary)).toEqual([]);
    if (kind === 'sqlite') return;
    const left = "SELECT datname FROM pg_database WHERE datname LIKE 'votix_rehearsal_%'";
    // Rehearsals of other tests on the same server end, too.
    await expect.poll(() => query(inject('postgresUrl'), left), { timeout: 90_000, interval: 500 }).toEqual([]);
  },
  150_000,
);

test('a rehearsal that is interrupted, by one Ctrl-C that arrives twice, leaves nothing and ends soon', async () => {
  const temporary = mkdtempSync(join(tmpdir(), 'votix-test-'));
  onTestFinished(() => rmSync(temporary, { recursive: true }));
  const { child, ended } = startVotixCommand(['rehearse', '--voters', '2000', '--json'], {
    environment: { TMPDIR: temporary },
  });
  const folder = () => readdirSync(temporary).find((name) => name.startsWith('votix-rehearsal-'));
  const isUnderway = () => folder() !== undefined && readdirSync(join(temporary, folder()!)).includes('app.log');
  while (!isUnderway()) await pause(50);
  child.kill('SIGINT');
  await pause(30);
  child.kill('SIGINT');
  const end = await ended;
  expect([end.code, jsonOf(end)]).toMatchObject([1, { ok: false, reason: 'interrupted' }]);
  expect(readdirSync(temporary)).toEqual([]);
}, 120_000);

test('a verifiable election of 8 voters, two of three trustees', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'votix-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const wish = ['--sealing', 'verifiable', '--trustees', '3', '--threshold', '2', '--voters', '8'];
  const ended = await runVotix(['rehearse', ...wish, '--record', join(folder, 'board.bel'), '--json']);
  const answer = jsonOf(ended);
  expect(answer, ended.err).toMatchObject({ ok: true, sealing: 'verifiable', cast: 8, tallied: 8, invalid: 0 });
  expect(readdirSync(folder).toSorted()).toEqual(['board.bel', 'board.strict.json']);
}, 120_000);

test('half of the trustees are not enough to open a box', async () => {
  const ended = await runVotix([
    'rehearse',
    '--sealing',
    'verifiable',
    '--trustees',
    '4',
    '--threshold',
    '2',
    '--json',
  ]);
  expect([ended.code, jsonOf(ended)]).toMatchObject([2, { ok: false, reason: 'wrong-threshold' }]);
});

test('a file that exists is never touched', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'votix-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'mine.sqlite');
  writeFileSync(path, 'mine');
  const ended = await runVotix(['rehearse', '--database', `sqlite:${path}`, '--json']);
  expect(ended.code).toBe(1);
  expect(jsonOf(ended)).toMatchObject({ ok: false, reason: 'database-not-empty' });
  expect(readdirSync(folder)).toEqual(['mine.sqlite']);
});

test('a role that may not create databases gets the named one only while it is empty', async () => {
  const { address, drop } = await anEmptyDatabase('postgres');
  const url = new URL(address.kind === 'postgres' ? address.url : '');
  const role = `votix_role_${Date.now()}`;
  await query(url.href, `CREATE ROLE ${role} LOGIN PASSWORD 'x'; GRANT ALL ON SCHEMA public TO ${role}`);
  onTestFinished(async () => {
    await drop();
    await query(inject('postgresUrl'), `DROP ROLE ${role}`);
  });
  [url.username, url.password] = [role, 'x'];
  const rehearse = () => runVotix(['rehearse', '--voters', '5', '--database', url.href, '--json']);
  expect(jsonOf(await rehearse())).toMatchObject({ ok: true, cast: 5, tallied: 5 });
  await query(url.href, 'CREATE TABLE mine (a INTEGER)');
  expect(jsonOf(await rehearse())).toMatchObject({ ok: false, reason: 'database-not-empty' });
  const tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'";
  expect(await query(url.href, tables)).toEqual([{ tablename: 'mine' }]);
}, 120_000);

test.each([
  ['--voters', '0'],
  ['--voters', '1e3'],
  ['--concurrency', 'many'],
])('%s %s is wrong usage', async (option, value) => {
  const { code, err } = await runVotix(['rehearse', option, value]);
  expect(code).toBe(2);
  expect(err).toContain('whole number');
});

test('an address of no database is refused', async () => {
  const ended = await runVotix(['rehearse', '--database', 'mysql://localhost/votix', '--json']);
  expect(ended.code).toBe(1);
  expect(jsonOf(ended)).toMatchObject({ reason: 'no-database' });
});
