// The instance's secret: what the operator gave, or with SQLite a file of the data folder, made on the first start.

import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from './config.ts';

export function readSecret(config: Config): string {
  if (config.secretKey !== undefined) return config.secretKey;
  const path = join(config.dataDir, 'secret');
  try {
    // wx: of two processes that start at once, one makes it and both read it.
    writeFileSync(path, `${randomBytes(32).toString('hex')}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(path, 'utf8').trim();
}
