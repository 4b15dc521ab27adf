// The System page: everything in order, and a machine in trouble.
import { examineAddress } from '../../packages/server/src/doctor/address.ts';
import type { Finding } from '../../packages/server/src/doctor/finding.ts';
import { reportOf, tellFinding } from '../../packages/server/src/doctor/telling.ts';
import type { Page } from '../../packages/server/src/views/page.ts';
import { systemPage } from '../../packages/server/src/views/system.ts';
import { window, zone } from './models.ts';
import type { Sample } from './sample.ts';

const folder = '/srv/votix/data';
const backups = '/mnt/backup/votix';
const software = { version: '0.1.0', node: '24.21.0', platform: 'linux x64' };
const database = { version: '3.53.0', sizeBytes: 48_300_000, ms: 2 };

const calm: readonly Finding[] = [
  { about: 'software', verdict: 'good', says: 'software', values: software },
  { about: 'database', verdict: 'good', says: 'database-sqlite', values: database },
  { about: 'schema', verdict: 'good', says: 'schema', values: { schema: '016-verifiable' } },
  { about: 'secret', verdict: 'good', says: 'secret-good' },
  { about: 'disk', verdict: 'good', says: 'disk', values: { folder, freeBytes: 41_200_000_000 } },
  { about: 'folders', verdict: 'good', says: 'folder-good' },
  {
    about: 'backups',
    verdict: 'good',
    says: 'backups-good',
    values: { takenAt: window.opensAt, sizeBytes: 9_100_000, folder: backups, hours: 24 },
  },
  { about: 'clock', verdict: 'good', says: 'clock-good', values: { nowAt: window.opensAt } },
  ...examineAddress('https://votes.example.org', ['127.0.0.1'], false),
  { about: 'mail', verdict: 'good', says: 'mail-good', values: { host: 'smtp.example.org' } },
];

const record = (part: string, verdict: Finding['verdict'], said: string): Finding => ({
  about: 'dns',
  verdict,
  says: 'dns',
  values: { domain: 'example.org', part, said },
});
const dns = [
  record('spf', 'bad', 'spf-missing'),
  record('dkim', 'warn', 'dkim-unknown'),
  record('dmarc', 'warn', 'dmarc-missing'),
  record('mx', 'good', 'mx-good'),
];

const trouble: readonly Finding[] = [
  { about: 'software', verdict: 'warn', says: 'software-root', values: software },
  { about: 'database', verdict: 'bad', says: 'database-risky', values: { ...database, risks: 'fsync=off' } },
  { about: 'secret', verdict: 'bad', says: 'secret-open', values: { folder: `${folder}/secret` } },
  { about: 'schema', verdict: 'good', says: 'schema', values: { schema: '016-verifiable' } },
  {
    about: 'disk',
    verdict: 'bad',
    says: 'disk-full',
    values: { folder, freeBytes: 12_000_000, leastBytes: 50_000_000 },
  },
  { about: 'disk', verdict: 'warn', says: 'disk-low', values: { folder: backups, freeBytes: 640_000_000 } },
  { about: 'folders', verdict: 'bad', says: 'folder-shut', values: { folder: backups, user: '1000:1000' } },
  { about: 'folders', verdict: 'warn', says: 'folder-open', values: { folder, user: '1000:1000' } },
  {
    about: 'backups',
    verdict: 'bad',
    says: 'backups-failed',
    values: { failedAt: window.opensAt, fault: 'ENOSPC', folder: backups, hours: 24 },
  },
  { about: 'clock', verdict: 'warn', says: 'clock-off', values: { nowAt: window.opensAt, seconds: 42 } },
  ...examineAddress('http://votes.example.org', [], true),
  { about: 'mail', verdict: 'bad', says: 'mail-bad', values: { host: 'smtp.example.org', cause: 'login-failed' } },
  ...dns,
];

const sample = (name: string, findings: readonly Finding[]): Sample => ({
  name,
  signedIn: true,
  render: (page: Page) => {
    const reader = { locale: page.locale, zone };
    const told = findings.map((finding) => tellFinding(finding, reader));
    return systemPage(page, {
      findings: told,
      examinedAt: window.opensAt,
      zone,
      mayAskDns: findings === calm,
      report: reportOf(findings, reader),
    });
  },
});

export const systemSamples = (): Sample[] => [sample('system', calm), sample('system-trouble', trouble)];
