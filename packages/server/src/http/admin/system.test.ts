import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { anApp, organisation } from '../../../../../tests/support/app.ts';
import { onBothDatabases, openBench, type TestBench } from '../../../../../tests/support/databases.ts';
import { hour } from '../../../../../tests/support/elections.ts';
import { aFolder } from '../../../../../tests/support/folders.ts';
import { jsonOf, removeCommandFiles, runVotix } from '../../../../../tests/support/votix-command.ts';
import { readConfig } from '../../config.ts';
import { examine } from '../../doctor/examination.ts';
import { reportOf } from '../../doctor/telling.ts';
import { openVault } from '../../domain/vault.ts';
import { checkSecret, saveOrganisation } from '../../domain/settings.ts';
import { insertBackupRun, updateBackupRun } from '../../storage/backup-runs.ts';

afterAll(removeCommandFiles);

const secret = 'a-planted-secret-of-more-than-32-characters';
const planted = {
  SECRET_KEY: secret,
  SMTP_PASSWORD: 'planted-smtp-password',
  GOOGLE_CLIENT_SECRET: 'planted-google',
  METRICS_TOKEN: 'planted-token-of-more-than-32-characters',
};
const secretCheck = openVault(secret).hash('check', 'votix');

const environmentOf = ({ kind, address }: TestBench, folder: string) => ({
  ...planted,
  DATABASE_URL: kind === 'sqlite' ? `sqlite:${address}` : address,
  DATA_DIR: folder,
  LOG_DIR: folder,
  SMTP_SERVER: 'localhost',
  SMTP_PORT: '1',
  SMTP_USERNAME: 'somebody@example.org',
  SMTP_FROM: 'elections@example.org',
});

function configOf(at: TestBench, more: Readonly<Record<string, string>> = {}) {
  const read = readConfig({ ...environmentOf(at, aFolder()), ...more });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.config;
}

const smtp = {
  host: 'localhost',
  port: 1,
  username: '',
  password: '',
  from: 'elections@example.org',
  replyTo: '',
  verifyTls: true,
  perMinute: 60,
  connections: 1,
  dkimSelector: '',
  returnAddress: '',
};
const noMail = { readHost: () => Promise.resolve(undefined), check: () => Promise.resolve({ ok: true } as const) };

/** What is said of each thing. */
async function found(
  at: TestBench,
  more: Readonly<Record<string, string>> = {},
  baseUrl = 'https://votes.example.org',
) {
  const config = configOf(at, more);
  const findings = await examine({ config, db: at.db, version: '1', baseUrl, secretCheck, mail: noMail });
  return new Map(findings.map(({ about, says, verdict }) => [about, `${says} ${verdict}`]));
}

/** The PostgreSQL that tests bring along does without fsync, which must be named. */
async function isDurable({ db, kind }: TestBench): Promise<boolean> {
  if (kind === 'sqlite') return true;
  const { rows } = await db.write((tx) => sql<{ fsync: string }>`SELECT current_setting('fsync') AS fsync`.execute(tx));
  return rows[0]?.fsync === 'on';
}

onBothDatabases((bench) => {
  test('a new installation is told what is in order and what is still to be done', async () => {
    const at = bench();
    const says = await found(at, { TRUSTED_PROXIES: '127.0.0.1' });
    expect(says.get('database')).toBe((await isDurable(at)) ? `database-${at.kind} good` : 'database-risky bad');
    expect(says.get('schema')).toBe('schema good');
    expect(says.get('clock')).toBe('clock-good good');
    expect(says.get('backups')).toBe('backups-none warn');
    expect(says.get('address')).toBe('address-https good');
    expect(says.get('proxy')).toBe('proxy-trusted good');
    expect(says.get('mail')).toBe('mail-none warn');
  });

  test('addresses, proxies and clocks that are not right are named', async () => {
    const at = bench();
    expect((await found(at, {}, 'http://votes.example.org')).get('address')).toBe('address-http bad');
    expect((await found(at, {}, 'http://localhost:5000')).get('address')).toBe('address-local warn');
    expect((await found(at)).get('proxy')).toBe('proxy-unknown warn');
    at.clockOffsetMs = 5000;
    expect((await found(at)).get('clock')).toBe('clock-off warn');
  });

  test('backups that are old, failed or switched off are named', async () => {
    const at = bench();
    await at.db.write((tx) => insertBackupRun(tx, 0));
    const now = await at.db.now();
    const run = async (values: Parameters<typeof updateBackupRun>[1]) => {
      await at.db.write((tx) => updateBackupRun(tx, values));
      return (await found(at)).get('backups');
    };
    expect(await run({ taken_at: now - hour })).toBe('backups-good good');
    expect(await run({ taken_at: now - 49 * hour })).toBe('backups-old bad');
    expect(await run({ fault: 'ENOSPC', failed_at: now })).toBe('backups-failed bad');
    expect((await found(at, { BACKUP_EVERY: '0' })).get('backups')).toBe('backups-off warn');
  });

  test('votix doctor says the same, without the secrets, and ends with 1 when something is to mend', async () => {
    const at = bench();
    await checkSecret(at.db, secretCheck);
    await at.db.write((tx) => saveOrganisation(tx, { ...organisation, baseUrl: 'http://votes.example.org' }));
    const environment = environmentOf(at, aFolder());
    const ended = await runVotix(['doctor'], { environment });
    expect(ended).toMatchObject({ code: 1, out: '' });
    expect(ended.err).toMatch(/^BAD {3}Public address: http:\/\/votes\.example\.org is not https/m);
    expect(ended.err).toMatch(/^BAD {3}Mail server: localhost: /m);
    for (const text of Object.values(planted)) expect(ended.err).not.toContain(text);
    for (const text of ['somebody@example.org', at.kind === 'postgres' ? at.address : 'no such'])
      expect(ended.err).not.toContain(text);
    expect(jsonOf(await runVotix(['doctor', '--json'], { environment }))).toMatchObject({
      ok: false,
      reason: 'to-mend',
    });
  });
});

test('votix doctor on an instance that was never started says so and makes nothing', async () => {
  const environment = { DATA_DIR: join(aFolder(), 'none') };
  expect(await runVotix(['doctor'], { environment })).toMatchObject({
    code: 1,
    err: expect.stringContaining('never been started'),
  });
});

test('a report in French has sizes and moments as French writes them', async () => {
  const { bench, close } = await openBench('sqlite');
  onTestFinished(close);
  const findings = await examine({
    config: configOf(bench),
    db: bench.db,
    version: '1',
    baseUrl: undefined,
    secretCheck,
    mail: noMail,
  });
  const report = reportOf(findings, { locale: 'fr', zone: 'Europe/Paris' });
  expect(report).toMatch(/Base de données: SQLite [\d.]+, [\d,]+\s[kM]o/);
  expect(report).toMatch(/Nous sommes le \w+ \d+ \S+ \d{4} à/);
});

test('folders and files that others can read are named', async () => {
  const { bench, close } = await openBench('sqlite');
  onTestFinished(close);
  chmodSync(bench.address, 0o600);
  const folder = aFolder();
  expect((await found(bench, { DATA_DIR: folder, LOG_DIR: folder, BACKUP_DIR: folder })).get('folders')).toBe(
    'folder-good good',
  );
  mkdirSync(join(folder, 'open'), { mode: 0o755 });
  chmodSync(join(folder, 'open'), 0o755);
  expect((await found(bench, { DATA_DIR: join(folder, 'open') })).get('folders')).toBe('folder-open warn');
  writeFileSync(join(folder, 'secret'), 'x', { mode: 0o644 });
  const said = await found(bench, { DATA_DIR: folder, LOG_DIR: folder, BACKUP_DIR: folder });
  expect([said.get('folders'), said.get('secret')]).toEqual(['folder-good good', 'secret-open bad']);
});

test('the DNS is asked when somebody wants it, and what it says stands among the rest', async () => {
  const asked: string[] = [];
  const dns = {
    resolveTxt: (name: string) => {
      asked.push(name);
      return Promise.resolve([]);
    },
    resolveMx: () => Promise.resolve([]),
  };
  const at = await anApp({ dns, smtp });
  const admin = await at.admin();
  const before = await (await admin.get('/console/system')).text();
  expect([asked, before]).toEqual([[], expect.stringContaining('href="/console/system?dns=yes"')]);
  const after = await (await admin.get('/console/system?dns=yes')).text();
  expect(asked).toContain('example.org');
  expect(after).toContain('example.org, Who may send (SPF): The domain does not say who may send for it');
  expect(after).not.toContain('?dns=yes"');
  const french = await (await admin.get('/console/system?dns=yes&lang=fr')).text();
  expect(french).toContain('DNS de l’expéditeur');
});

test('without a mail server there is no DNS to ask', async () => {
  const at = await anApp();
  expect(await (await (await at.admin()).get('/console/system')).text()).not.toContain('dns=yes');
});
