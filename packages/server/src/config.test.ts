import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { describeProblems, readConfig } from './config.ts';

const secret = 'thirty-two characters and more of it';
const postgres = 'postgres://votix:password@localhost:5432/votix';

const config = (env: Record<string, string>) => {
  const read = readConfig(env);
  if (!read.ok) throw new Error(describeProblems(read.problems));
  return read.config;
};

const problems = (env: Record<string, string>) => {
  const read = readConfig(env);
  return read.ok ? [] : read.problems.map(({ name }) => name);
};

function fileWith(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'votix-config-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'value'), text);
  return join(folder, 'value');
}

test('with nothing set, a server of this machine alone, on SQLite', () => {
  expect(config({})).toEqual({
    host: '127.0.0.1',
    port: 5000,
    dataDir: resolve('data'),
    logDir: resolve('logs'),
    backupDir: resolve('data/backups'),
    backupEveryMs: 24 * 3_600_000,
    backupsKept: 14,
    migrateWhileOpen: false,
    database: { kind: 'sqlite', path: resolve('data/db.sqlite') },
    secretKey: undefined,
    metricsToken: undefined,
    votingUrl: undefined,
    trustedProxies: [],
    given: {},
  });
});

test('every setting is read', () => {
  const read = config({
    HOST: '0.0.0.0',
    PORT: '8080',
    DATA_DIR: '/srv/votix',
    LOG_DIR: '/var/log/votix',
    BACKUP_DIR: '/mnt/backup',
    BACKUP_EVERY: '6',
    BACKUP_KEEP: '30',
    MIGRATE_WHILE_OPEN: 'True',
    DATABASE_URL: postgres,
    SECRET_KEY: secret,
    VOTING_URL: 'https://votes.example.org/club/vote/',
    TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/8,::1/128',
    METRICS_TOKEN: 'a'.repeat(32),
  });
  expect(read).toEqual({
    host: '0.0.0.0',
    port: 8080,
    dataDir: '/srv/votix',
    logDir: '/var/log/votix',
    backupDir: '/mnt/backup',
    backupEveryMs: 6 * 3_600_000,
    backupsKept: 30,
    migrateWhileOpen: true,
    database: { kind: 'postgres', url: postgres },
    secretKey: secret,
    metricsToken: 'a'.repeat(32),
    votingUrl: 'https://votes.example.org/club',
    trustedProxies: ['127.0.0.1', '10.0.0.0/8', '::1/128'],
    given: { VOTING_URL: 'https://votes.example.org/club/vote/' },
  });
});

test('the configuration cannot be changed afterwards', () => {
  const read = config({});
  expect(() => Object.assign(read, { port: 1 })).toThrow(TypeError);
});

test('an empty variable is one that is not set', () => {
  const empty = Object.fromEntries(
    ['HOST', 'PORT', 'DATA_DIR', 'LOG_DIR', 'DATABASE_URL', 'SECRET_KEY', 'SECRET_KEY_FILE', 'VOTING_URL'].map(
      (name) => [name, ''],
    ),
  );
  expect(config({ ...empty, TRUSTED_PROXIES: '' })).toEqual(config({}));
});

test('DATABASE_URL can move the SQLite file, elsewhere than the data folder', () => {
  const path = (DATABASE_URL: string) => config({ DATABASE_URL, DATA_DIR: '/srv' }).database;
  expect(path('sqlite:/tmp/x.sqlite')).toEqual({ kind: 'sqlite', path: '/tmp/x.sqlite' });
  expect(path('sqlite:x.sqlite')).toEqual({ kind: 'sqlite', path: resolve('x.sqlite') });
  expect(config({ DATA_DIR: '/srv' }).database).toEqual({ kind: 'sqlite', path: '/srv/db.sqlite' });
  expect(config({ DATABASE_URL: 'postgresql://h/v', SECRET_KEY: secret }).database.kind).toBe('postgres');
});

test('a secret can stand in a file, without its last line end', () => {
  expect(config({ SECRET_KEY_FILE: fileWith(`${secret}\n`) }).secretKey).toBe(secret);
});

test('all problems are reported at once, each with its name, its reason and an example', () => {
  const read = readConfig({
    PORT: 'eighty',
    DATABASE_URL: 'mysql://localhost/votix',
    SECRET_KEY: 'short',
    VOTING_URL: 'votes.example.org',
    TRUSTED_PROXIES: '10.0.0.0/33',
  });
  const found = read.ok ? [] : read.problems;
  expect(found.map(({ name }) => name).toSorted()).toEqual([
    'DATABASE_URL',
    'PORT',
    'SECRET_KEY',
    'TRUSTED_PROXIES',
    'VOTING_URL',
  ]);
  for (const { name, reason, example } of found) {
    expect(reason).toMatch(/^[A-Z].+\.$/);
    expect(example).toMatch(new RegExp(`^${name}(_FILE)?=.`));
    expect(describeProblems(found)).toContain(`${name}: ${reason}`);
  }
});

test('no report repeats a value, which may be a secret', () => {
  const values = { SECRET_KEY: 'hunter2', DATABASE_URL: 'postgres:/u:hunter3@h/x', VOTING_URL: 'hunter4' };
  const read = readConfig(values);
  expect(read.ok ? '' : describeProblems(read.problems)).not.toMatch(/hunter/);
});

test.each(['eighty', '-1', '65536', '80.5', '5000 5001', ' ', '0x50', '1e3', 'Infinity'])('%j is no port', (PORT) => {
  expect(problems({ PORT })).toEqual(['PORT']);
});

test('the port may be 0, for a free one', () => {
  expect(config({ PORT: '0' }).port).toBe(0);
});

test.each(['mysql://h/v', 'postgres//h', 'sqlite:', 'db.sqlite', 'postgres://['])('%j names no database', (url) => {
  expect(problems({ DATABASE_URL: url, SECRET_KEY: secret })).toEqual(['DATABASE_URL']);
});

test('with PostgreSQL the secret must be given', () => {
  expect(problems({ DATABASE_URL: postgres })).toEqual(['SECRET_KEY']);
  expect(problems({ DATABASE_URL: postgres, SECRET_KEY: secret })).toEqual([]);
  expect(problems({ DATABASE_URL: postgres, SECRET_KEY_FILE: fileWith(secret) })).toEqual([]);
});

test('a secret given twice, in a file that is missing, or too short, is refused', () => {
  expect(problems({ SECRET_KEY: secret, SECRET_KEY_FILE: fileWith(secret) })).toEqual(['SECRET_KEY']);
  expect(problems({ SECRET_KEY: secret, SECRET_KEY_FILE: '/nowhere/at/all' })).toEqual(['SECRET_KEY']);
  expect(problems({ SECRET_KEY_FILE: '/nowhere/at/all' })).toEqual(['SECRET_KEY_FILE']);
  expect(problems({ SECRET_KEY_FILE: fileWith('') })).toEqual(['SECRET_KEY']);
  expect(problems({ SECRET_KEY: 'x'.repeat(31) })).toEqual(['SECRET_KEY']);
  expect(problems({ DATABASE_URL: postgres, SECRET_KEY_FILE: '/nowhere' })).toEqual(['SECRET_KEY_FILE']);
  expect(problems({ DATABASE_URL: postgres, SECRET_KEY: secret, SECRET_KEY_FILE: '/x' })).toEqual(['SECRET_KEY']);
});

test('the address of PostgreSQL holds a password, so it can stand in a file too', () => {
  const read = config({ DATABASE_URL_FILE: fileWith(`${postgres}\n`), SECRET_KEY: secret });
  expect(read.database).toEqual({ kind: 'postgres', url: postgres });
  expect(problems({ DATABASE_URL: postgres, DATABASE_URL_FILE: fileWith(postgres), SECRET_KEY: secret })).toEqual([
    'DATABASE_URL',
  ]);
  expect(problems({ DATABASE_URL_FILE: '/nowhere' })).toEqual(['DATABASE_URL_FILE']);
});

test.each(['ftp://example.org', 'example.org/vote', 'https://', 'javascript:alert(1)', '/vote'])(
  '%j is no public address',
  (VOTING_URL) => {
    expect(problems({ VOTING_URL })).toEqual(['VOTING_URL']);
  },
);

test('the public address loses query, fragment, slashes and the specification’s /vote', () => {
  const url = (VOTING_URL: string) => config({ VOTING_URL }).votingUrl;
  expect(url('https://example.org')).toBe('https://example.org');
  expect(url(' https://example.org/vote// ')).toBe('https://example.org');
  expect(url('http://localhost:5000/a/vote')).toBe('http://localhost:5000/a');
  expect(url('https://example.org/a?x=1#y')).toBe('https://example.org/a');
  expect(url('https://user:password@example.org/')).toBe('https://example.org');
});

test.each(['10.0.0.0/33', '::1/129', '10.0.0', 'localhost', '10.0.0.0/8/8', '10.0.0.0/', '*'])(
  '%j is no range of addresses',
  (TRUSTED_PROXIES) => {
    expect(problems({ TRUSTED_PROXIES })).toEqual(['TRUSTED_PROXIES']);
  },
);

test.each(['console', 'elections/x', 'vote/x', 'api', 'setup'])('the path /%s is our own, and no base path', (path) => {
  expect(problems({ VOTING_URL: `https://example.org/${path}` })).toEqual(['VOTING_URL']);
});

test.each([
  [{ SMTP_SEVER: 'x' }, 'SMTP_SEVER', 'SMTP_SERVER'],
  [{ SMTP_HOST: 'x' }, 'SMTP_HOST', 'SMTP_SERVER'],
  [{ SMTP_SERVER_FILE: '/x' }, 'SMTP_SERVER_FILE', 'SMTP_SERVER'],
  [{ VALID_EMAIL_DOMAIN: 'x' }, 'VALID_EMAIL_DOMAIN', 'VALID_EMAIL_DOMAINS'],
  [{ SECRET_KYE: 'x' }, 'SECRET_KYE', 'SECRET_KEY'],
])('a name that is almost one of ours is a problem: %j', (env, name, meant) => {
  const read = readConfig(env);
  expect(read.ok ? [] : read.problems).toMatchObject([{ name, reason: expect.stringContaining(`mean ${meant}?`) }]);
});

test('names of other programs, and a near miss beside the right name, are no problem', () => {
  const others = { HOME: '/', HOSTNAME: 'x', PWD: '/', PATH: '/bin', LOGNAME: 'x', PORTS: '1', npm_config_port: '1' };
  expect(problems({ ...others, SMTP_HOST: 'x', SMTP_SERVER: 'smtp.example.org' })).toEqual([]);
});

test.each([
  ['VOTING_START', 'tomorrow'],
  ['VOTING_START', '2026-12-01T08:00'],
  ['VOTING_END', '1779458400000'],
  ['VALID_EMAIL_DOMAINS', 'example.org,not a domain!'],
  ['SMTP_PORT', '0'],
  ['SMTP_SERVER', 'https://smtp.example.org'],
  ['SMTP_VERIFY_SSL', 'maybe'],
  ['SMTP_FROM', 'no-reply'],
  ['SMTP_REPLY_TO', 'nobody'],
  ['CONTACT_EMAIL', 'ada@'],
  ['TIME_ZONE', 'Europe/Atlantis'],
  ['RETENTION_DAYS', '45'],
  ['ACCENT_COLOUR', 'red'],
])('%s=%s is refused by its name', (name, value) => {
  expect(problems({ [name]: value })).toEqual([name]);
});

test('what is wrong only together is said, too', () => {
  expect(problems({ VOTING_START: '1779458400', VOTING_END: '1779400801' })).toEqual(['VOTING_END']);
  expect(problems({ SMTP_PASSWORD: 'x' })).toEqual(['SMTP_USERNAME']);
  expect(problems({ SMTP_PASSWORD: 'x', SMTP_PASSWORD_FILE: fileWith('x'), SMTP_USERNAME: 'x' })).toEqual([
    'SMTP_PASSWORD',
  ]);
});

test('no folder for logs is a choice', () => {
  const read = readConfig({ LOG_DIR: 'none' });
  expect(read.ok && read.config.logDir).toBeUndefined();
});
