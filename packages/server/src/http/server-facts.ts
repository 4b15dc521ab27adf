// What a process is told at its start and cannot change while it runs, for the page of the settings. Secrets are never told.

import type { MessageKey } from '../messages/translate.ts';
import type { Page } from '../views/page.ts';
import type { Deps } from './deps.ts';

type Name = 'HOST' | 'PORT' | 'DATA_DIR' | 'LOG_DIR' | 'DATABASE_URL' | 'SECRET_KEY' | 'TRUSTED_PROXIES';

export function serverFacts(page: Page, config: Deps['config']): (readonly [string, string, string])[] {
  const { host, port, dataDir, logDir, database, secretKey, trustedProxies } = config;
  const values: Record<Name, string> = {
    HOST: host,
    PORT: String(port),
    DATA_DIR: dataDir,
    LOG_DIR: logDir,
    DATABASE_URL: database.kind === 'sqlite' ? page.t('configure.sqlite', { path: database.path }) : 'PostgreSQL',
    SECRET_KEY: page.t(secretKey === undefined ? 'configure.secret-made' : 'configure.secret-given'),
    TRUSTED_PROXIES: trustedProxies.join(', '),
  };
  return Object.entries(values).map(([name, value]) => [name, page.t(`setting.${name}` as MessageKey), value]);
}
