// What the System page and `votix doctor` look at. Findings hold no secret: no password, key, link, or address of a person.

import type { Config } from '../config.ts';
import type { Finding } from './finding.ts';
import { examineAddress } from './address.ts';
import { examineBackups } from './backups.ts';
import { examineClock, examineDatabase } from './database.ts';
import { examineDisks, examineFolders } from './folders.ts';
import { examineMail, type MailProbe } from './mail.ts';
import type { Database } from '../storage/database.ts';

export interface Patient {
  readonly config: Omit<Config, 'votingUrl'>;
  readonly db: Database;
  readonly version: string;
  readonly baseUrl: string | undefined;
  readonly mail: MailProbe;
  /** Whether the one who asks came through a proxy that is not trusted; undefined where nobody came. */
  readonly proxyUnknown?: boolean | undefined;
}

export async function examine(patient: Patient): Promise<Finding[]> {
  const { config, db, version, baseUrl, mail, proxyUnknown } = patient;
  const software: Finding = {
    about: 'software',
    verdict: process.getuid?.() === 0 ? 'warn' : 'good',
    says: process.getuid?.() === 0 ? 'software-root' : 'software',
    values: { version, node: process.versions.node, platform: `${process.platform} ${process.arch}` },
  };
  const [database, clock, mailing, backups] = await Promise.all([
    examineDatabase(db),
    examineClock(db),
    examineMail(mail),
    examineBackups(db, config),
  ]);
  return [
    software,
    ...database,
    ...examineDisks(config),
    ...examineFolders(config),
    backups,
    clock,
    ...examineAddress(baseUrl, config.trustedProxies, proxyUnknown),
    mailing,
  ];
}
