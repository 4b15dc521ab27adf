// The opening that the server and the operator's commands share: config → database (migrated) → secret → vault.

import type { Config } from './config.ts';
import { definitionOfSetting, type LiveName } from './domain/setting-list.ts';
import { checkSecret } from './domain/settings.ts';
import { openVault, type Vault } from './domain/vault.ts';
import { requireFolders } from './folders.ts';
import { readSecret, SecretRefused } from './secret.ts';
import { prepareUpgrade } from './upgrade.ts';
import { type Database, type DatabaseOptions, openDatabase } from './storage/database.ts';

export interface Instance {
  readonly db: Database;
  /** The secret as the operator would write it down. */
  readonly secret: string;
  readonly vault: Vault;
}

/** Settings that set-up left to the environment, which has lost them since. */
export class SettingsMissing extends Error {
  constructor(names: readonly LiveName[]) {
    const examples = names.map((name) => `  ${name}=${definitionOfSetting(name).example}`);
    super(`Set-up left these settings to the environment, which no longer gives them.\n${examples.join('\n')}`);
  }
}

/** Throws SecretRefused, FoldersRefused, or what the database said; nothing stays open then. */
export async function openInstance(config: Config, options: DatabaseOptions = {}): Promise<Instance> {
  requireFolders([config.dataDir]);
  const beforeMigrating = () => prepareUpgrade(config);
  const db = await openDatabase(config.database, { beforeMigrating, ...options });
  try {
    const secret = readSecret(config);
    const vault = openVault(secret);
    if (!(await checkSecret(db, vault.hash('check', 'votix'))).ok) throw new SecretRefused();
    return { db, secret, vault };
  } catch (error) {
    await db.close();
    throw error;
  }
}

/** The address for this machine's own browser; http on `localhost` is where browsers have cryptography without https. */
export function localUrl({ host, port }: Pick<Config, 'host' | 'port'>): string {
  if (['127.0.0.1', '::1', '0.0.0.0', '::'].includes(host)) return `http://localhost:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
