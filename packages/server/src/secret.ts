// The instance's secret: what the operator gave, or with SQLite a file of the data folder, made on the first start.

import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Config } from './config.ts';

const shortest = 32;

export class SecretRefused extends Error {
  override readonly message =
    'The secret key is not the one this database was made with.\nGive the former SECRET_KEY, or put back the file `secret` of the data folder (the recovery sheet holds it).';
}

/** The secret that is there, or none: never makes one. */
export function findSecret(config: Pick<Config, 'secretKey' | 'dataDir'>): string | undefined {
  if (config.secretKey !== undefined) return config.secretKey;
  return existsSync(secretPath(config)) ? readSecret(config) : undefined;
}

/** The secret of an archive becomes the one of this folder; never over another one. */
export function keepSecret(config: Pick<Config, 'dataDir'>, secret: string): void {
  writeFileSync(secretPath(config), `${secret}\n`, { flag: 'wx', mode: 0o600, flush: true });
}

const secretPath = ({ dataDir }: Pick<Config, 'dataDir'>): string => join(dataDir, 'secret');

export function readSecret(config: Pick<Config, 'secretKey' | 'dataDir'>): string {
  if (config.secretKey !== undefined) return config.secretKey;
  const path = secretPath(config);
  makeSecret(path);
  const secret = readFileSync(path, 'utf8').trim();
  // Everyone knows the key that an empty file stands for.
  if (secret.length < shortest) throw new Error(`The file ${path} is damaged. Put it back from the recovery sheet.`);
  return secret;
}

/** Whole or not at all, whenever the machine stops; of two processes that start at once, one makes it and both read it. */
function makeSecret(path: string): void {
  if (existsSync(path)) return;
  const draft = `${path}.${process.pid}`;
  const file = openSync(draft, 'w', 0o600);
  writeSync(file, `${randomBytes(32).toString('hex')}\n`);
  fsyncSync(file);
  closeSync(file);
  try {
    linkSync(draft, path);
  } catch {
    if (!existsSync(path)) renameSync(draft, path); // a file system without links
  }
  rmSync(draft, { force: true });
}
