// Faults planted in an installation, and what the doctor says of each: its name, and what to do.

import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { organisation } from '../../../../tests/support/app.ts';
import { onBothDatabases, type TestBench } from '../../../../tests/support/databases.ts';
import { aDnsServer } from '../../../../tests/support/dns-server.ts';
import { hour } from '../../../../tests/support/elections.ts';
import { aFolder } from '../../../../tests/support/folders.ts';
import { testKeys } from '../../../../tests/support/verifiable-elections.ts';
import { jsonOf, removeCommandFiles, runVotix } from '../../../../tests/support/votix-command.ts';
import { type Config, readConfig } from '../config.ts';
import { checkSecret, readOrganisation, saveOrganisation } from '../domain/settings.ts';
import { openVault } from '../domain/vault.ts';
import { createPostman } from '../mail/postman.ts';
import { readSmtpSettings } from '../mail/settings.ts';
import { insertBackupRun, updateBackupRun } from '../storage/backup-runs.ts';
import { openDatabase } from '../storage/database.ts';
import { databaseFailed } from './database.ts';
import { examineDns } from './dns.ts';
import { examine, type Patient } from './examination.ts';
import type { Finding } from './finding.ts';
import { mailProbe } from './mail.ts';
import { tellFinding } from './telling.ts';

afterAll(removeCommandFiles);

const planted = {
  SECRET_KEY: 'a-planted-secret-of-more-than-32-characters',
  SMTP_USERNAME: 'planted-user@example.org',
  SMTP_PASSWORD: 'planted-smtp-password',
  METRICS_TOKEN: 'planted-token-of-more-than-32-characters',
};
const vault = openVault(planted.SECRET_KEY);
const secretCheck = vault.hash('check', 'votix');

const environmentOf = ({ kind, address }: TestBench, folder: string) => ({
  ...planted,
  DATABASE_URL: kind === 'sqlite' ? `sqlite:${address}` : address,
  DATA_DIR: folder,
  LOG_DIR: folder,
  BACKUP_DIR: folder,
});

function configOf(environment: Readonly<Record<string, string>>): Config {
  const read = readConfig(environment);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.config;
}

const told = (findings: readonly Finding[]): string[] =>
  findings.map((finding) => {
    const { title, text, verdict } = tellFinding(finding, { locale: 'en', zone: 'UTC' });
    return `${verdict} ${title}: ${text}`;
  });

onBothDatabases((bench) => {
  test('ten faults are planted, and each is found by its name, with what to do', async () => {
    const at = bench();
    const [folder, elsewhere] = [aFolder(), aFolder()];
    const inTheWay = join(elsewhere, 'file');
    writeFileSync(inTheWay, '');
    writeFileSync(join(folder, 'secret'), 'x');
    chmodSync(join(folder, 'secret'), 0o644);
    await checkSecret(at.db, openVault('another secret of more than 32 characters').hash('check', 'votix'));
    await at.db.write((tx) => saveOrganisation(tx, { ...organisation, baseUrl: 'http://votes.example.org' }));
    await at.db.write(async (tx) => {
      await insertBackupRun(tx, 0);
      await updateBackupRun(tx, { taken_at: (await at.db.now(tx)) - 90 * hour, file: 'x', bytes: 1 });
    });
    at.clockOffsetMs = 5000;
    const config = configOf({
      ...environmentOf(at, folder),
      LOG_DIR: elsewhere,
      BACKUP_DIR: inTheWay,
      SMTP_SERVER: 'localhost',
      SMTP_PORT: '1',
      SMTP_FROM: 'elections@example.org',
    });
    const dns = await aDnsServer({ mx: { 'example.org': [[10, 'mx.example.org']] } });
    onTestFinished(() => dns.close());
    const postman = createPostman({
      db: at.db,
      vault,
      credentialKeys: testKeys,
      log: { info: () => {}, error: () => {} },
      settings: () => readSmtpSettings(at.db.reader, vault, config.given),
      mailbox: () => Promise.resolve(undefined),
      organisation: () => readOrganisation(at.db.reader, config.given),
      dns: dns.resolver,
    });
    const findings = await examine({
      config,
      db: at.db,
      version: '1',
      baseUrl: (await readOrganisation(at.db.reader, config.given))?.baseUrl,
      secretCheck,
      mail: mailProbe(postman),
      dns: () => postman.checkArrival(),
      proxyUnknown: true,
      ground: { freeBytes: () => 60_000_000, isWritable: (place) => place !== elsewhere },
    });
    const said = told(findings);
    const expected = [
      /^bad Public address: http:\/\/votes\.example\.org is not https: .*Put a proxy with a certificate in front/,
      /^bad Folders: Votix may not write into .* chown -R/,
      /^bad Folders: .*file is no folder\. Move away/,
      /^bad Secret of the server: It is not the one .* Give the former SECRET_KEY/,
      /^bad Secret of the server: Other users .* chmod 600/,
      /^warn Disk space: Only 60 MB free in .*Make room before the voting opens/,
      /^warn Clock: .* 5 seconds apart.*follow a time server/,
      /^bad Mail server: localhost: .*\w/,
      /^bad DNS of the sender: example\.org, Who may send \(SPF\): .* add this one/,
      /^warn Reverse proxy: .*TRUSTED_PROXIES/,
      /^bad Backups: The last one is of .*Look into the log/,
    ];
    for (const shape of expected) expect(said).toContainEqual(expect.stringMatching(shape));
    // Nothing else is called bad, but what this machine or its PostgreSQL really has.
    const bad = said.filter((line) => line.startsWith('bad') && !expected.some((shape) => shape.test(line)));
    expect(bad.filter((line) => !/^bad (Database: Votes may be lost|DNS)/.test(line))).toEqual([]);
    for (const secret of Object.values(planted)) expect(said.join()).not.toContain(secret);
  });

  test('a database that fails in the middle is a finding, and the rest is looked at all the same', async () => {
    const at = bench();
    const address = at.kind === 'sqlite' ? { kind: at.kind, path: at.address } : { kind: at.kind, url: at.address };
    const broken = await openDatabase(address);
    await broken.close();
    const patient: Patient = {
      config: configOf(environmentOf(at, aFolder())),
      db: broken,
      version: '1',
      baseUrl: 'https://votes.example.org',
      secretCheck,
      mail: mailProbe({ readSettings: () => Promise.reject(new Error('closed')), check: () => Promise.reject() }),
      dns: () => Promise.reject(new Error('closed')),
    };
    const findings = await examine(patient);
    expect(findings).toContainEqual(expect.objectContaining({ about: 'database', says: 'database-failed' }));
    expect(findings.map(({ about }) => about)).toEqual(
      expect.arrayContaining(['software', 'disk', 'folders', 'address']),
    );
  });

  test('votix doctor on a database of a newer version, or of an earlier one, says so among the rest', async () => {
    const at = bench();
    await checkSecret(at.db, secretCheck);
    const environment = environmentOf(at, aFolder());
    const doctor = async () => {
      const ended = await runVotix(['doctor', '--json'], { environment });
      const { reason, findings } = jsonOf(ended) as { reason: string; findings: Finding[] };
      expect([ended.code, reason, findings.some(({ about }) => about === 'disk')]).toEqual([1, 'to-mend', true]);
      return findings.find(({ about }) => about === 'schema');
    };
    const name = '999-from-the-future';
    await at.db.write((tx) => sql`INSERT INTO kysely_migration VALUES (${name}, '2030-01-01')`.execute(tx));
    expect(await doctor()).toMatchObject({ verdict: 'bad', says: 'schema-newer', values: { names: name } });
    await at.db.write((tx) =>
      sql`DELETE FROM kysely_migration WHERE name = (SELECT max(name) FROM kysely_migration WHERE name <> ${name}) OR name = ${name}`.execute(
        tx,
      ),
    );
    expect(await doctor()).toMatchObject({ verdict: 'bad', says: 'schema-older' });
  });
});

test('a database that is not there is said with its reason and without its password', async () => {
  const environment = {
    ...planted,
    DATABASE_URL: 'postgres://votix:planted-password@127.0.0.1:1/votix',
    DATA_DIR: aFolder(),
  };
  const { code, err } = await runVotix(['doctor'], { environment: { ...environment, LOG_DIR: environment.DATA_DIR } });
  expect([code, err]).toEqual([
    1,
    expect.stringMatching(/^BAD {3}Database: It does not answer: .*ECONNREFUSED.*DATABASE_URL/m),
  ]);
  expect(err).toMatch(/^\w+ +Disk space: /m);
  for (const secret of [...Object.values(planted), 'planted-password']) expect(err).not.toContain(secret);
  expect(JSON.stringify(databaseFailed(new Error('no postgres://u:pass@h/x')))).not.toContain('pass@');
});

test('a DNS that never answers is waited for a moment only', async () => {
  expect(await examineDns(() => new Promise(() => {}), 20)).toEqual([
    { about: 'dns', verdict: 'warn', says: 'dns-slow' },
  ]);
  expect(await examineDns(() => Promise.resolve(undefined))).toEqual([]);
});
