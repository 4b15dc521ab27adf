// The environment, read once by main: one frozen Config, or every problem at once with its name, its reason and an example.

import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { settingKinds } from './domain/setting-kinds.ts';
import {
  definitionOfSetting,
  type Given,
  isLive,
  type SettingName,
  settingNames,
  type SettingValue,
} from './domain/setting-list.ts';
import { translatorFor } from './messages/translate.ts';
import { nearMisses } from './domain/near-misses.ts';
import type { DatabaseAddress } from './storage/database.ts';

export interface Config {
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  /** Undefined where the log is on stdout only. */
  readonly logDir: string | undefined;
  readonly backupDir: string;
  /** How often the server backs itself up; 0 for never. */
  readonly backupEveryMs: number;
  readonly backupsKept: number;
  /** Whether the tables may be changed while people can vote. */
  readonly migrateWhileOpen: boolean;
  readonly database: DatabaseAddress;
  /** Given by the operator; with SQLite it may be left out and is then kept in a file of the data folder. */
  readonly secretKey: string | undefined;
  /** Who may read the metrics; undefined turns them off. */
  readonly metricsToken: string | undefined;
  /** The public address; undefined lets set-up ask, with the local address as a first answer. */
  readonly votingUrl: string | undefined;
  readonly trustedProxies: readonly string[];
  /** What the environment says of the settings that /configure may change. */
  readonly given: Given;
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

export type Environment = Readonly<Record<string, string | undefined>>;
type Report = (name: string, reason: string, example?: string) => undefined;

const t = translatorFor('en');

/** NAME or, for secrets, NAME_FILE, never both. An empty variable is one that is not set. */
function textOf(env: Environment, name: SettingName, report: Report): string | undefined {
  const { secret = false } = definitionOfSetting(name);
  const [value, file] = [env[name] || undefined, secret ? env[`${name}_FILE`] || undefined : undefined];
  const example = `${name}_FILE=/run/secrets/${name.toLowerCase()}`;
  if (value !== undefined && file !== undefined) return report(name, t('config.both', { name }), example);
  if (file === undefined) return value;
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return report(`${name}_FILE`, t('config.unreadable'), example);
  }
}

type Texts = Readonly<Partial<Record<SettingName, string>>>;

/** Every text that stands in the environment and passes its schema. */
function readTexts(env: Environment, report: Report): Texts {
  const found = settingNames.flatMap((name): [SettingName, string][] => {
    const text = textOf(env, name, report);
    if (text === undefined) return [];
    if (settingKinds[definitionOfSetting(name).kind].safeParse(text).success) return [[name, text]];
    report(name, t(`setting.${name}.wrong`));
    return [];
  });
  return Object.fromEntries(found);
}

function valueOf<Name extends SettingName>(texts: Texts, name: Name): SettingValue<Name> | undefined {
  const text = texts[name] ?? definitionOfSetting(name).default;
  if (text === undefined) return undefined;
  return settingKinds[definitionOfSetting(name).kind].parse(text) as SettingValue<Name>;
}

function databaseOf(texts: Texts, dataDir: string): DatabaseAddress {
  const url = texts.DATABASE_URL;
  if (url === undefined) return { kind: 'sqlite', path: resolve(dataDir, 'db.sqlite') };
  if (url.startsWith('sqlite:')) return { kind: 'sqlite', path: resolve(url.slice('sqlite:'.length)) };
  return { kind: 'postgres', url };
}

/** Several processes cannot turn over one and the same files. */
function logDirOf(texts: Texts): string | undefined {
  const text = valueOf(texts, 'LOG_DIR') ?? '';
  return text === 'none' ? undefined : resolve(text);
}

/** What is wrong only when two settings are looked at together. */
function checkTogether(env: Environment, texts: Texts, report: Report): void {
  const secretMissing = !env['SECRET_KEY'] && !env['SECRET_KEY_FILE'];
  if (texts.DATABASE_URL?.startsWith('postgres') === true && secretMissing)
    report('SECRET_KEY', t('config.secret-with-postgres'));
  const [start, end] = [valueOf(texts, 'VOTING_START'), valueOf(texts, 'VOTING_END')];
  if (start !== undefined && end !== undefined && end <= start) report('VOTING_END', t('config.end-before-start'));
  if (texts.SMTP_PASSWORD !== undefined && !env['SMTP_USERNAME'])
    report('SMTP_USERNAME', t('config.password-without-user'));
  if (texts.IMAP_PASSWORD !== undefined && !env['IMAP_USERNAME'])
    report('IMAP_USERNAME', t('config.password-without-user'));
}

const givenOf = (texts: Texts): Given =>
  Object.freeze(Object.fromEntries(Object.entries(texts).filter(([name]) => isLive(name as SettingName))));

export function readConfig(env: Environment): ConfigResult {
  const problems: ConfigProblem[] = [];
  const report = (name: string, reason: string, example = exampleOf(name as SettingName)) =>
    void problems.push({ name, reason, example });
  const texts = readTexts(env, report);
  checkTogether(env, texts, report);
  for (const { name, meant } of nearMisses(env)) report(name, t('config.unknown', { meant }), exampleOf(meant));
  if (problems.length > 0) return { ok: false, problems };
  const dataDir = resolve(valueOf(texts, 'DATA_DIR') ?? '');
  const config = {
    host: valueOf(texts, 'HOST') ?? '',
    port: valueOf(texts, 'PORT') ?? 0,
    dataDir,
    logDir: logDirOf(texts),
    backupDir: resolve(texts.BACKUP_DIR ?? join(dataDir, 'backups')),
    backupEveryMs: (valueOf(texts, 'BACKUP_EVERY') ?? 0) * 3_600_000,
    backupsKept: valueOf(texts, 'BACKUP_KEEP') ?? 1,
    migrateWhileOpen: valueOf(texts, 'MIGRATE_WHILE_OPEN') ?? false,
    database: databaseOf(texts, dataDir),
    secretKey: texts.SECRET_KEY,
    metricsToken: texts.METRICS_TOKEN,
    votingUrl: valueOf(texts, 'VOTING_URL'),
    trustedProxies: valueOf(texts, 'TRUSTED_PROXIES') ?? [],
    given: givenOf(texts),
  };
  return { ok: true, config: Object.freeze(config) };
}

const exampleOf = (name: SettingName): string => `${name}=${definitionOfSetting(name).example}`;

/** All problems as lines for a terminal. */
export const describeProblems = (problems: readonly ConfigProblem[]): string =>
  problems.map(({ name, reason, example }) => `${name}: ${reason}\n  for example  ${example}`).join('\n');
