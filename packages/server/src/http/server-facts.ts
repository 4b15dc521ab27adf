// What a process is told at its start and cannot change while it runs, for the page of the settings. Secrets are never told.

import type { LiveName, SettingName } from '../domain/setting-list.ts';
import type { Page } from '../views/page.ts';
import type { Deps } from './deps.ts';

/** All of them: a new one that is missing here does not compile. */
type Name = Exclude<SettingName, LiveName>;

export function serverFacts(page: Page, config: Deps['config']): (readonly [string, string, string])[] {
  const { host, port, dataDir, backupDir, backupEveryMs, backupsKept, migrateWhileOpen, metricsToken } = config;
  const { logDir, database, secretKey, trustedProxies } = config;
  const values: Record<Name, string> = {
    HOST: host,
    PORT: String(port),
    DATA_DIR: dataDir,
    BACKUP_DIR: backupDir,
    BACKUP_EVERY: String(backupEveryMs / 3_600_000),
    BACKUP_KEEP: String(backupsKept),
    MIGRATE_WHILE_OPEN: migrateWhileOpen ? 'True' : 'False',
    LOG_DIR: logDir ?? 'none',
    DATABASE_URL: database.kind === 'sqlite' ? page.t('configure.sqlite', { path: database.path }) : 'PostgreSQL',
    SECRET_KEY: page.t(secretKey === undefined ? 'configure.secret-made' : 'configure.secret-given'),
    TRUSTED_PROXIES: trustedProxies.join(', '),
    METRICS_TOKEN: page.t(metricsToken === undefined ? 'configure.metrics-off' : 'configure.metrics-on'),
  };
  return Object.entries(values).map(([name, value]) => [name, page.t(`setting.${name as Name}`), value]);
}
