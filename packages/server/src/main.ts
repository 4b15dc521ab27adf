// Composition root: config → database → app → listen. Of the server the only one to read the environment and to open the port.

import release from '../package.json' with { type: 'json' };
import { buildApp } from './app.ts';
import { readAssets } from './assets.ts';
import { createBackupWorker } from './backup/schedule.ts';
import { type Config, configExitCode, describeProblems, readConfig } from './config.ts';
import { hasRoom } from './doctor/room.ts';
import { createBallotQueue } from './domain/ballot-queue.ts';
import { readFollowed } from './domain/followed.ts';
import { missingSettings, readOrganisation } from './domain/settings.ts';
import { issueSetupToken } from './domain/setup.ts';
import { createDirectory } from './directory/directory.ts';
import { createGoogle } from './directory/google.ts';
import type { GoogleEndpoints } from './directory/google-endpoints.ts';
import { readGoogleClient } from './domain/google-client.ts';
import { createPostman } from './mail/postman.ts';
import { readMailboxSettings, readSmtpSettings } from './mail/settings.ts';
import type { Demo } from './http/deps.ts';
import { createLive } from './http/live.ts';
import { countCasts } from './http/request-log.ts';
import { openCredentialKeys } from './credential-keys.ts';
import { FoldersRefused, requireFolders } from './folders.ts';
import { createInspector } from './inspection/inspector.ts';
import { localUrl, openInstance, SettingsMissing } from './instance.ts';
import { listen } from './listening.ts';
import { type Channel, type Log, openLog } from './log.ts';
import { createMetrics, type Metrics } from './metrics/metrics.ts';
import { startTasks } from './repeating.ts';
import { createProofPool, proofThreads } from './proofs/pool.ts';
import { SecretRefused } from './secret.ts';
import { createWaiting, lastWords, type Stoppable, stopOnSignals } from './stopping.ts';
import type { Database, DatabaseOptions } from './storage/database.ts';
import { countOutbox } from './storage/deliveries.ts';
import { NewerDatabase } from './storage/migrations/all.ts';
import { UpgradeRefused } from './upgrade.ts';

export interface RunningServer extends Stoppable {
  readonly url: string;
  /** Not ready, ballots on their way finished, everything closed. */
  stop(): Promise<void>;
}

export interface StartOptions {
  /** Added to every clock; tests move time with it. */
  readonly clockOffsetMs?: () => number;
  /** What a demonstration shows; none in a real instance. */
  readonly demo?: Demo;
  /** Where a stand-in of Google's answers; tests only. */
  readonly google?: GoogleEndpoints;
  /** False keeps the log in its files. */
  readonly terminal?: boolean;
}

export async function startServer(config: Config, options: StartOptions = {}): Promise<RunningServer> {
  requireFolders(config.logDir === undefined ? [config.dataDir] : [config.dataDir, config.logDir]);
  const { log, close: closeLog } = openLog(config.logDir, options.terminal === false ? undefined : process.stdout);
  const { db, secret, vault } = await openInstance(config, { ...options, ...tellingLog(log) });
  const missing = await missingSettings(db.reader, config.given);
  if (missing.length > 0) throw new SettingsMissing(missing);
  const state = { ready: true };
  const isReady = () => state.ready;
  const metrics = metricsOf(config, db, isReady);
  const [queue, casts] = [createBallotQueue(db, metrics?.seeCommit), countCasts(log)];
  const address = {
    baseUrl: (await readOrganisation(db.reader, config.given))?.baseUrl ?? config.votingUrl ?? localUrl(config),
  };
  const credentialKeys = openCredentialKeys(config);
  const postman = createPostman({
    db,
    vault,
    credentialKeys,
    log: log.child({ channel: 'email' satisfies Channel }),
    settings: () => readSmtpSettings(db.reader, vault, config.given),
    mailbox: () => readMailboxSettings(db.reader, vault, config.given),
    organisation: () => readOrganisation(db.reader, config.given),
  });
  const directory = createDirectory({
    db,
    vault,
    provider: createGoogle(options.google),
    client: () => readGoogleClient(db.reader, vault, config.given),
  });
  const { version } = release;
  const assets = readAssets();
  const inspector = createInspector(config.database);
  const { inspect } = inspector;
  const backups = createBackupWorker();
  const proofPool = createProofPool(proofThreads, metrics?.seeProofsWaiting);
  const { prove } = proofPool;
  const live = createLive({
    read: async () => readFollowed(db.reader, await db.now()),
    onError: (error) => log.error({ error: String(error) }, 'Looking up what everyone may follow failed.'),
  });
  const deps = {
    db,
    vault,
    queue,
    postman,
    directory,
    live,
    log,
    config,
    secret,
    address,
    assets,
    version,
    inspect,
    prove,
    credentialKeys,
    isReady,
    hasRoom: () => hasRoom(config.dataDir),
    metrics,
    demo: options.demo,
  };
  const listening = await listen(config, buildApp(deps, casts));
  const url = localUrl({ host: config.host, port: listening.port });
  if (config.port === 0 && config.votingUrl === undefined) address.baseUrl = url;
  postman.start();
  const tasks = startTasks({ db, config, secret, log, address, credentialKeys, prove, inspect, metrics, backups });
  log.info({ url, publicUrl: address.baseUrl }, 'Votix is listening.');
  announceSetup(address.baseUrl, await issueSetupToken(db, vault));
  const waiting = createWaiting();
  const stop = async () => {
    state.ready = false;
    live.close(); // those who follow come back when another process answers
    await Promise.all([
      waiting.for(
        'requests',
        listening.close().then(() => queue.drain()),
      ),
      waiting.for('mails', postman.stop()),
      waiting.for('regular tasks', backups.close(), ...tasks.map((task) => task.stop())),
    ]);
    await waiting.for('threads', inspector.close(), proofPool.close());
    casts.flush();
    await waiting.for('the database', db.close());
    log.info('Votix has stopped.');
    await closeLog();
  };
  const giveUp = (why: string) => {
    casts.flush();
    lastWords(log, why, waiting);
    return closeLog();
  };
  return { url, stop, giveUp };
}

function metricsOf(config: Config, db: Database, isReady: () => boolean): Metrics | undefined {
  if (config.metricsToken === undefined) return undefined;
  const readOutbox = () => countOutbox(db.reader);
  return createMetrics({ version: release.version, now: Date.now, isReady, readOutbox, proofThreads });
}

/** What the database has to tell, each in the file for it. */
function tellingLog(log: Log): Pick<DatabaseOptions, 'onIdleError' | 'onDeed' | 'onStatement'> {
  const database = log.child({ channel: 'database' satisfies Channel });
  return {
    onIdleError: (error) => database.error({ error: error.message }, 'A database connection broke.'),
    onDeed: ({ position, actor, action, election_id: election, subject }) =>
      log.info({ channel: channelOfDeed(action), position, actor, election, subject }, action),
    onStatement: ({ error, ...statement }) =>
      error === undefined
        ? database.warn(statement, 'A statement took long.')
        : database.error({ ...statement, error }, 'A statement failed.'),
  };
}

/** The seed's two files of deeds: what is done to voters and candidates, and everything else. */
const channelOfDeed = (action: string): Channel =>
  /^(?:candidate|logo|voter|roll|link|code|building)/.test(action) ? 'votix' : 'admin';

/** For the operator's eyes: on the terminal, never in a log file. */
function announceSetup(url: string, token: string | undefined): void {
  if (token === undefined) return;
  process.stdout.write(`\nSet Votix up with this link. It works once.\n\n  ${url}/setup/${token}\n\n`);
}

function fail(message: string, exitCode: number): never {
  process.stderr.write(`${message}\n`);
  process.exit(exitCode);
}

/** It does not get better by starting again. */
const isConfigurationError = (error: unknown): error is Error =>
  [FoldersRefused, SecretRefused, SettingsMissing, UpgradeRefused, NewerDatabase].some((kind) => error instanceof kind);

/** What a failed start says to the operator. */
function describeFailure(error: unknown): string {
  if (isConfigurationError(error)) return error.message;
  return `Votix could not start: ${error instanceof Error ? error.message : String(error)}`;
}

export async function main(): Promise<void> {
  const read = readConfig(process.env);
  if (!read.ok)
    fail(
      `The configuration has ${read.problems.length} problem(s).\n${describeProblems(read.problems)}`,
      configExitCode,
    );
  try {
    stopOnSignals(await startServer(read.config));
  } catch (error) {
    fail(describeFailure(error), isConfigurationError(error) ? configExitCode : 1);
  }
}
