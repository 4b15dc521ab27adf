// What the server does by itself, again and again, in every process; where one of several is to do it, the work finds that out.

import release from '../package.json' with { type: 'json' };
import { type BackupWorker, backUpWhenDue } from './backup/schedule.ts';
import type { Config } from './config.ts';
import { purgeDueElections } from './domain/archives.ts';
import { sealDueBoxes } from './domain/boxes.ts';
import type { CredentialKeys } from './domain/credential-keys.ts';
import { forgetDueCredentials } from './domain/credentials.ts';
import { type Inspector, inspectDue } from './domain/integrity.ts';
import { openDueBoards } from './domain/openings.ts';
import type { Prover } from './domain/proofs.ts';
import { forgetDueHolders } from './domain/reserve-credentials.ts';
import { readOrganisation } from './domain/settings.ts';
import { forgetStaleAttempts } from './domain/throttles.ts';
import type { Address } from './http/deps.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics/metrics.ts';
import { probe } from './metrics/probe.ts';
import type { Database } from './storage/database.ts';

const second = 1000;
const minute = 60 * second;

export interface TaskDeps {
  readonly db: Database;
  readonly config: Config;
  readonly secret: string;
  readonly log: Log;
  readonly address: Address;
  readonly credentialKeys: CredentialKeys;
  readonly prove: Prover;
  readonly inspect: Inspector;
  readonly metrics: Metrics | undefined;
  readonly backups: BackupWorker;
}

interface Task {
  readonly what: string;
  readonly everyMs: number;
  readonly work: () => Promise<void>;
}

export interface Repeated {
  /** Once what runs at this moment has ended. */
  readonly stop: () => Promise<void>;
}

export const startTasks = (deps: TaskDeps): readonly Repeated[] => tasksOf(deps).map((task) => repeat(deps.log, task));

function tasksOf(deps: TaskDeps): readonly Task[] {
  const { db, config, address, credentialKeys, prove, inspect, metrics } = deps;
  const forgetCodes = async () => {
    await forgetDueCredentials(db, credentialKeys);
    await forgetDueHolders(db);
  };
  // Another process may have saved another: the router needs it before it reads the settings of a request.
  const readAddress = async () => {
    address.baseUrl = (await readOrganisation(db.reader, config.given))?.baseUrl ?? address.baseUrl;
  };
  return [
    { what: 'Sealing a box', everyMs: 2 * second, work: () => sealDueBoxes(db) },
    { what: 'Summing a box', everyMs: 2 * second, work: () => openDueBoards(db, prove) },
    { what: 'Forgetting voter codes', everyMs: minute, work: forgetCodes },
    { what: 'Forgetting old attempts', everyMs: minute, work: () => forgetStaleAttempts(db) },
    { what: 'Reading the public address', everyMs: 2 * second, work: readAddress },
    { what: 'An integrity check', everyMs: 5 * second, work: () => inspectDue(db, inspect) },
    { what: 'Deleting the data of a past election', everyMs: minute, work: () => purgeDue(db, config.given) },
    ...(metrics ? [{ what: 'A look at the database', everyMs: 5 * second, work: () => probe(db, metrics) }] : []),
    { what: 'A backup', everyMs: minute, work: () => backUpDue(deps) },
  ];
}

/** Never twice at once; a failure is logged and the next run tries again. */
function repeat(log: Log, { what, everyMs, work }: Task): Repeated {
  let isStopping = false;
  let running: Promise<void> | undefined;
  const attempt = async () => {
    await work().catch((error: unknown) => {
      if (!isStopping) log.error({ error: String(error) }, `${what} failed.`);
    });
    running = undefined;
  };
  const timer = setInterval(() => void (running ??= attempt()), everyMs);
  return {
    stop: async () => {
      isStopping = true;
      clearInterval(timer);
      await running;
    },
  };
}

/** Nothing before set-up has asked how long the data are kept. */
async function purgeDue(db: Database, given: Config['given']): Promise<void> {
  const organisation = await readOrganisation(db.reader, given);
  if (organisation) await purgeDueElections(db, organisation.retentionDays);
}

async function backUpDue({ db, config, secret, log, backups }: TaskDeps): Promise<void> {
  const { backupDir: folder, backupEveryMs: everyMs, backupsKept: keep, database: address } = config;
  const done = await backUpWhenDue(db, { folder, everyMs, keep }, (file, now) =>
    backups.take({ address, secret, software: release.version, file, now }),
  );
  if (!done) return;
  const { file, bytes, rows, voting } = done.taken;
  log.info({ file, bytes, rows, voting, deleted: done.deleted }, 'A backup was taken.');
}
