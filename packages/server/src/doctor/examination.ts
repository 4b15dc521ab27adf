// What the System page and `votix doctor` look at. Findings hold no secret: no password, key, link, or address of a person.
// Nothing that fails keeps the rest from being looked at.

import type { Config } from '../config.ts';
import type { Finding } from './finding.ts';
import { examineAddress } from './address.ts';
import { examineBackups } from './backups.ts';
import { databaseFailed, examineClock, examineDatabase, examineSecret } from './database.ts';
import { type DnsProbe, examineDns } from './dns.ts';
import { examineDisks, examineFolders, examineSecretFile, type Ground, realGround } from './folders.ts';
import { examineMail, type MailProbe } from './mail.ts';
import type { Database } from '../storage/database.ts';

export interface Patient {
  readonly config: Omit<Config, 'votingUrl'>;
  /** Or why there is none. */
  readonly db: Database | Finding;
  readonly version: string;
  readonly baseUrl: string | undefined;
  /** What the database must hold for the secret that is given. */
  readonly secretCheck: string;
  readonly mail: MailProbe;
  /** Left out when nobody wants to wait for it. */
  readonly dns?: DnsProbe | undefined;
  /** Whether the one who asks came through a proxy that is not trusted; undefined where nobody came. */
  readonly proxyUnknown?: boolean | undefined;
  readonly ground?: Ground;
}

export async function examine(patient: Patient): Promise<Finding[]> {
  const { config, version, baseUrl, dns, proxyUnknown, ground = realGround } = patient;
  const software: Finding = {
    about: 'software',
    verdict: process.getuid?.() === 0 ? 'warn' : 'good',
    says: process.getuid?.() === 0 ? 'software-root' : 'software',
    values: { version, node: process.versions.node, platform: `${process.platform} ${process.arch}` },
  };
  const { database, backups, clock, mailing } = await examineWhatIsKept(patient);
  return [
    software,
    ...database,
    ...examineSecretFile(config),
    ...examineDisks(config, ground),
    ...examineFolders(config, ground),
    ...backups,
    ...clock,
    ...examineAddress(baseUrl, config.trustedProxies, proxyUnknown),
    ...mailing,
    ...(dns ? await examineDns(dns).catch(() => []) : []),
  ];
}

/** Of a database that fails only that is said. */
async function examineWhatIsKept({ config, db, mail, secretCheck }: Patient) {
  const nothing = { backups: [], clock: [], mailing: [] };
  if ('about' in db) return { ...nothing, database: [db] };
  try {
    const [database, secret, clock, mailing, backups] = await Promise.all([
      examineDatabase(db),
      examineSecret(db, secretCheck),
      examineClock(db),
      examineMail(mail).catch((): Finding => ({ about: 'mail', verdict: 'bad', says: 'mail-unread' })),
      examineBackups(db, config),
    ]);
    return { database: [...database, secret], clock: [clock], mailing: [mailing], backups: [backups] };
  } catch (error) {
    return { ...nothing, database: [databaseFailed(error)] };
  }
}
