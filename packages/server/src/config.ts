// The environment, read once by main: one frozen Config, or every problem at once with its name, its reason and an example.

import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { baseUrlSchema } from './domain/settings.ts';
import type { DatabaseAddress } from './storage/database.ts';

export interface Config {
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  readonly logDir: string;
  readonly database: DatabaseAddress;
  /** Given by the operator; with SQLite it may be left out and is then kept in a file of the data folder. */
  readonly secretKey: string | undefined;
  /** The public address; undefined lets set-up ask, with the local address as a first answer. */
  readonly votingUrl: string | undefined;
  readonly trustedProxies: readonly string[];
}

export interface ConfigProblem {
  readonly name: string;
  readonly reason: string;
  readonly example: string;
}

export type ConfigResult =
  { readonly ok: true; readonly config: Config } | { readonly ok: false; readonly problems: readonly ConfigProblem[] };

/** sysexits(3), EX_CONFIG. */
export const configExitCode = 78;

type Environment = Readonly<Record<string, string | undefined>>;
type Report = (name: string, reason: string, example: string) => undefined;

const isCidr = (text: string): boolean => {
  const [address = '', bits, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
};

/** NAME or NAME_FILE, never both. */
function secretOf(env: Environment, name: string, report: Report): string | undefined {
  const [value, file] = [env[name], env[`${name}_FILE`]];
  if (value && file)
    return report(name, `${name} and ${name}_FILE are both set; keep one.`, `${name}_FILE=/run/secrets/votix`);
  if (!file) return value || undefined;
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return report(`${name}_FILE`, 'The file cannot be read.', `${name}_FILE=/run/secrets/votix`);
  }
}

function portOf(env: Environment, report: Report): number {
  const port = env['PORT'] || '5000';
  if (/^\d{1,5}$/.test(port) && Number(port) <= 65_535) return Number(port);
  report('PORT', 'A port is a whole number from 0 to 65535.', 'PORT=5000');
  return 0;
}

function databaseOf(env: Environment, dataDir: string, report: Report): DatabaseAddress {
  const url = secretOf(env, 'DATABASE_URL', report); // it holds a password
  const sqlite: DatabaseAddress = { kind: 'sqlite', path: resolve(dataDir, 'db.sqlite') };
  if (!url) return sqlite;
  if (/^postgres(ql)?:\/\//.test(url) && URL.canParse(url)) return { kind: 'postgres', url };
  if (url.startsWith('sqlite:') && url.length > 'sqlite:'.length)
    return { kind: 'sqlite', path: resolve(url.slice('sqlite:'.length)) };
  report(
    'DATABASE_URL',
    'This is no address of a database.',
    'DATABASE_URL=postgres://votix:password@localhost:5432/votix',
  );
  return sqlite;
}

function votingUrlOf(env: Environment, report: Report): string | undefined {
  if (!env['VOTING_URL']) return undefined;
  const url = baseUrlSchema.safeParse(env['VOTING_URL']);
  if (url.success) return url.data;
  return report('VOTING_URL', 'This is no http or https address.', 'VOTING_URL=https://votix.example.com/vote');
}

function secretKeyOf(env: Environment, database: DatabaseAddress, report: Report): string | undefined {
  const example = 'SECRET_KEY=$(openssl rand -base64 32)';
  const secret = secretOf(env, 'SECRET_KEY', report);
  if (secret !== undefined && secret.length < 32) report('SECRET_KEY', 'It must have 32 characters or more.', example);
  if (secret === undefined && database.kind === 'postgres' && !env['SECRET_KEY_FILE'])
    report('SECRET_KEY', 'With PostgreSQL the secret must be given; it is the same for every process.', example);
  return secret;
}

export function readConfig(env: Environment): ConfigResult {
  const problems: ConfigProblem[] = [];
  const report: Report = (name, reason, example) => void problems.push({ name, reason, example });
  const dataDir = resolve(env['DATA_DIR'] || 'data');
  const trustedProxies = (env['TRUSTED_PROXIES'] ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
  if (!trustedProxies.every(isCidr))
    report('TRUSTED_PROXIES', 'Addresses or ranges, separated by commas.', 'TRUSTED_PROXIES=127.0.0.1,10.0.0.0/8');
  const database = databaseOf(env, dataDir, report);
  const config: Config = Object.freeze({
    host: env['HOST'] || '127.0.0.1',
    port: portOf(env, report),
    dataDir,
    logDir: resolve(env['LOG_DIR'] || 'logs'),
    database,
    secretKey: secretKeyOf(env, database, report),
    votingUrl: votingUrlOf(env, report),
    trustedProxies,
  });
  return problems.length > 0 ? { ok: false, problems } : { ok: true, config };
}

/** All problems as lines for a terminal. */
export const describeProblems = (problems: readonly ConfigProblem[]): string =>
  problems.map(({ name, reason, example }) => `${name}: ${reason}\n  for example  ${example}`).join('\n');
