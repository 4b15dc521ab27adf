// The whole app on a real database, without a port: anApp() builds it, its visitors send requests as browsers do, its log is
// kept in memory. A database of its own for each test unless a bench of tests/support/databases.ts is given.

import { randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { buildApp } from '../../packages/server/src/app.ts';
import { createBallotQueue } from '../../packages/server/src/domain/ballot-queue.ts';
import { inspect } from '../../packages/server/src/domain/inspections.ts';
import type { Inspector } from '../../packages/server/src/domain/integrity.ts';
import { type Prover, proveHere } from '../../packages/server/src/domain/proofs.ts';
import { hashPassword } from '../../packages/server/src/domain/passwords.ts';
import { startSession } from '../../packages/server/src/domain/sessions.ts';
import type { Given } from '../../packages/server/src/domain/setting-list.ts';
import { type Organisation, readOrganisation, saveOrganisation } from '../../packages/server/src/domain/settings.ts';
import type { Demo, Deps } from '../../packages/server/src/http/deps.ts';
import { readFollowed } from '../../packages/server/src/domain/followed.ts';
import { createLive } from '../../packages/server/src/http/live.ts';
import { countCasts } from '../../packages/server/src/http/request-log.ts';
import type { DnsResolver } from '../../packages/server/src/mail/arrival.ts';
import { createDirectory } from '../../packages/server/src/directory/directory.ts';
import { createGoogle } from '../../packages/server/src/directory/google.ts';
import type { GoogleEndpoints } from '../../packages/server/src/directory/google-endpoints.ts';
import { readGoogleClient } from '../../packages/server/src/domain/google-client.ts';
import { createMetrics } from '../../packages/server/src/metrics/metrics.ts';
import { createPostman } from '../../packages/server/src/mail/postman.ts';
import { readSmtpSettings } from '../../packages/server/src/mail/settings.ts';
import type { SmtpSettings } from '../../packages/server/src/mail/smtp.ts';
import { insertAccount } from '../../packages/server/src/storage/accounts.ts';
import { type Database, openDatabase } from '../../packages/server/src/storage/database.ts';
import { countOutbox } from '../../packages/server/src/storage/deliveries.ts';
import type { AccountsTable } from '../../packages/server/src/storage/tables.ts';
import { aFreshDatabase, type TestBench } from './databases.ts';
import { vault } from './elections.ts';
import { testKeys } from './verifiable-elections.ts';
import { aVisitor, type Visitor } from './visitors.ts';

export type Clocked = Pick<TestBench, 'db' | 'clockOffsetMs'>;

interface Wish {
  /** The mail server; the settings decide when it is left out. */
  readonly smtp?: SmtpSettings;
  /** A stand-in of Google's; where nobody answers when left out. */
  readonly google?: GoogleEndpoints;
  /** What the DNS says; nothing when left out. */
  readonly dns?: DnsResolver;
  readonly baseUrl?: string;
  readonly bench?: Clocked;
  readonly organisation?: Partial<Organisation> | 'not set up';
  readonly trustedProxies?: readonly string[];
  /** Settings that the environment gives. */
  readonly given?: Given;
  /** A stream of events ends after its first one, which is always new, unless it is said. */
  readonly live?: { readonly tickMs?: number; readonly longestMs?: number; readonly most?: number };
  readonly isReady?: boolean;
  /** False on a disk that is full. */
  readonly hasRoom?: boolean;
  /** As without METRICS_TOKEN. */
  readonly withoutMetrics?: boolean;
  /** The clock of the metrics. */
  readonly metricsClock?: () => number;
  /** Makes the instance a demonstration. */
  readonly demo?: Demo;
  /** In place of the proofs of this thread. */
  readonly prove?: Prover;
  /** What the routes are given in place of the database, to see them fail. */
  readonly breaking?: (db: Database) => Database;
}

export interface TestApp {
  readonly db: Database;
  readonly bench: Clocked;
  readonly baseUrl: string;
  readonly app: ReturnType<typeof buildApp>;
  /** Everything that was logged, with the counts of casts. */
  log(): string;
  /** The lines of errors and worse. */
  failures(): string[];
  /** Somebody's browser, with no session. */
  visitor(): Visitor;
  /** The browser of a new account that has just logged in. */
  as(role: AccountsTable['role'], name?: string): Promise<Visitor & { readonly account: AccountsTable }>;
  admin(): Promise<Visitor>;
  /** An administrator who gave their password longer ago than a confirmation lasts. */
  unconfirmedAdmin(): Promise<Visitor>;
}

export const password = 'correct horse battery staple';
export const secret = 'a-secret-only-for-tests-0123456789abcdef';
export const metricsToken = 'a-token-only-for-tests-0123456789abcdef';
const minute = 60_000;
const nobody = 'http://127.0.0.1:9';
const nobodysGoogle: GoogleEndpoints = {
  issuer: nobody,
  authorization: nobody,
  token: nobody,
  revocation: nobody,
  people: nobody,
  admin: nobody,
};
const emptyDns: DnsResolver = { resolveTxt: () => Promise.resolve([]), resolveMx: () => Promise.resolve([]) };

export const organisation: Organisation = {
  organisation: 'Amicale des Jonquilles',
  contactName: 'Claire Martin',
  contactEmail: 'claire@example.org',
  retentionDays: 90,
  language: 'en',
  zone: 'Europe/Paris',
  baseUrl: 'http://localhost:5000',
};

let hashed: Promise<string> | undefined;
/** One hash for a whole test file: making one is slow. */
const passwordHash = (): Promise<string> => (hashed ??= hashPassword(password));

let built: Deps['assets'] | undefined;
/** Files in place of the built programs: these tests do not wait for the bundler. */
function assets(): Deps['assets'] {
  if (built) return built;
  const folder = mkdtempSync(join(tmpdir(), 'votix-assets-'));
  const find = (entry: string) => ({ file: `${entry}.0a1b.js`, integrity: `sha384-${entry}` });
  for (const entry of [
    'styles',
    'console',
    'booth',
    'booth-worker',
    'keys',
    'proof',
    'deliberation',
    'deliberation-worker',
    'trustee',
    'trustee-worker',
    'registrar',
    'registrar-worker',
    'verify',
    'verify-disk',
    'verify-worker',
  ])
    writeFileSync(join(folder, find(entry).file), `// ${entry}`);
  const icons = ['bank', 'building', 'house', 'house-door', 'tree'].map((name) => [name, 'icons-aa.0a1b.svg'] as const);
  return (built = { folder, find, icons: new Map(icons) });
}

/** Where a test names no database: vitest.config.ts runs it on both. */
const kindOfRun = process.env['TEST_DATABASE_KIND'] === 'postgres' ? 'postgres' : 'sqlite';

async function openOwn(kind: Database['kind'] = kindOfRun): Promise<{ bench: Clocked; close: () => Promise<void> }> {
  const { address, drop } = await aFreshDatabase(kind);
  const bench = { clockOffsetMs: 0 };
  const db = await openDatabase(address, { clockOffsetMs: () => bench.clockOffsetMs });
  const close = async () => {
    await db.close();
    await drop();
  };
  return { bench: Object.assign(bench, { db }), close };
}

async function ownDatabase(kind?: Database['kind']): Promise<Clocked> {
  const { bench, close } = await openOwn(kind);
  onTestFinished(close);
  return bench;
}

/** On SQLite, for tests that stop the clock: PostgreSQL's goes on. */
export const anAppOfOurClock = async (): Promise<TestApp> => anApp({ bench: await ownDatabase('sqlite') });

/** One database for a whole test file. */
export function oneDatabase(): () => Clocked {
  let open: Awaited<ReturnType<typeof openOwn>>;
  beforeAll(async () => {
    open = await openOwn();
  });
  afterAll(() => open.close());
  return () => open.bench;
}

export async function anApp(wish: Wish = {}): Promise<TestApp> {
  const bench = wish.bench ?? (await ownDatabase());
  const { db } = bench;
  const baseUrl = wish.baseUrl ?? organisation.baseUrl;
  const { organisation: wished = {} } = wish;
  if (wished !== 'not set up') await db.write((tx) => saveOrganisation(tx, { ...organisation, baseUrl, ...wished }));
  const lines: string[] = [];
  const log = pino({ base: null, level: 'trace' }, { write: (line: string) => void lines.push(line) });
  const casts = countCasts(log);
  const routed = wish.breaking?.(db) ?? db;
  const metrics = createMetrics({
    version: '0.0.0',
    now: wish.metricsClock ?? Date.now,
    isReady: () => true,
    readOutbox: () => countOutbox(routed.reader),
    proofThreads: 1,
    ofProcess: false,
  });
  const queue = createBallotQueue(routed, metrics.seeCommit);
  const config = {
    host: '127.0.0.1',
    port: 5000,
    dataDir: '/srv/votix/data',
    logDir: '/srv/votix/logs',
    backupDir: '/srv/votix/data/backups',
    backupEveryMs: 24 * 3_600_000,
    backupsKept: 14,
    migrateWhileOpen: false,
    database: { kind: 'sqlite', path: '/srv/votix/data/db.sqlite' },
    secretKey: undefined,
    metricsToken: wish.withoutMetrics ? undefined : metricsToken,
    trustedProxies: wish.trustedProxies ?? [],
    given: wish.given ?? {},
  } as const;
  const postman = createPostman({
    db: routed,
    vault,
    credentialKeys: testKeys,
    log,
    settings: async () => wish.smtp ?? (await readSmtpSettings(db.reader, vault, config.given)),
    organisation: () => readOrganisation(db.reader, config.given),
    mailbox: () => Promise.resolve(undefined),
    dns: wish.dns ?? emptyDns,
  });
  const directory = createDirectory({
    db: routed,
    vault,
    provider: createGoogle(wish.google ?? nobodysGoogle),
    client: () => readGoogleClient(routed.reader, vault, config.given),
  });
  const live = createLive({
    read: async () => readFollowed(routed.reader, await routed.now()),
    onError: (error) => log.error({ error: String(error) }, 'Looking up what everyone may follow failed.'),
    tickMs: wish.live?.tickMs ?? 0,
    longestMs: wish.live?.longestMs ?? 0,
    ...(wish.live?.most !== undefined && { most: wish.live.most }),
  });
  const deps = {
    db: routed,
    vault,
    queue,
    postman,
    directory,
    live,
    log,
    config,
    secret,
    version: '0.0.0',
    inspect: ((name, id) => inspect(routed.reader, name, id)) satisfies Inspector,
    assets: assets(),
    prove: wish.prove ?? proveHere,
    credentialKeys: testKeys,
    address: { baseUrl },
    metrics,
  };
  const standing = { isReady: () => wish.isReady ?? true, hasRoom: () => wish.hasRoom ?? true };
  const app = buildApp({ ...deps, ...standing, demo: wish.demo }, casts);
  const visitor = () => aVisitor(app, baseUrl);
  const as: TestApp['as'] = async (role, name = 'Ada Admin') => {
    const account = await anAccount(db, role, name);
    const browser = visitor();
    browser.cookies.set('votix_session', await startSession(db, account.id));
    return Object.assign(browser, { account });
  };
  const failures = () => lines.filter((line) => /"level":[56]0/.test(line));
  const made = { db, bench, baseUrl, app, visitor, as, failures };
  return {
    ...made,
    admin: () => as('admin'),
    log: () => {
      casts.flush();
      return lines.join('');
    },
    unconfirmedAdmin: async () => {
      const browser = await as('admin');
      const authenticated_at = (await db.now()) - 16 * minute;
      const own = browser.account.id;
      await db.write((tx) =>
        tx.updateTable('sessions').set({ authenticated_at }).where('account_id', '=', own).execute(),
      );
      return browser;
    },
  };
}

export async function anAccount(db: Database, role: AccountsTable['role'], name: string): Promise<AccountsTable> {
  const email = `${randomUUID()}@example.org`;
  const row = { id: randomUUID(), email, email_key: email, name, role, created_at: await db.now() };
  const account = { ...row, password_hash: await passwordHash() };
  await db.write((tx) => insertAccount(tx, account));
  return account;
}
