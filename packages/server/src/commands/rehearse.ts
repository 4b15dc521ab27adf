// `votix rehearse`: a whole election on a throwaway database, with a real server, real sealing and real opening. Exit code 1
// when anything differs from what was cast.

import { definitionHash, encodeDefinition } from '@votix/protocol';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Config, describeProblems, type Environment, readConfig } from '../config.ts';
import { openCredentialKeys } from '../credential-keys.ts';
import { definitionOf } from '../domain/arming.ts';
import { openCredentials } from '../domain/credentials.ts';
import { readElection } from '../domain/elections.ts';
import { isThreshold, mostTrustees } from '../domain/trustees.ts';
import { type Instance, openInstance } from '../instance.ts';
import { firstSignal } from '../stopping.ts';
import { type DatabaseAddress, openDatabase } from '../storage/database.ts';
import { updateElection } from '../storage/elections.ts';
import { type Answer, answer, type AnswerOptions, refused, usageExitCode } from './answer.ts';
import { hireCrew } from './rehearsal/crew.ts';
import { throwawayDatabase, type Throwaway } from './rehearsal/database.ts';
import { type Outcome, runElection, type Stage } from './rehearsal/election.ts';
import { type Prepared, prepare, type SealingWish } from './rehearsal/preparation.ts';
import { answerOf } from './rehearsal/report.ts';
import { freePort, startServer } from './rehearsal/server.ts';
import { type Inside, runVerifiable } from './rehearsal/verifiable.ts';
import { saveRecord } from './record-files.ts';

interface RehearseOptions extends AnswerOptions, SealingWish {
  readonly voters: number;
  readonly concurrency: number;
  readonly database?: string;
  readonly record?: string;
}

const groups = ['Ed25519', 'BELENIOS-2048'] as const;

const numberUpTo = (most: number) => (text: string) => {
  const value = Number(text);
  if (/^[1-9]\d*$/.test(text) && value <= most) return value;
  throw new InvalidArgumentError(`Give a whole number from 1 to ${most}.`);
};

export function addRehearse(program: Command): void {
  program
    .command('rehearse')
    .description('Run a whole election on a throwaway database, and compare the result with what was cast')
    .option('--voters <number>', 'how many vote', numberUpTo(100_000), 200)
    .option('--concurrency <number>', 'how many at the same moment', numberUpTo(1000), 20)
    .option('--database <address>', 'postgres://… to rehearse there, in a new database that is dropped afterwards')
    .addOption(
      new Option('--sealing <way>', 'one key, or an election that everyone can check')
        .choices(['sealed-box', 'verifiable'])
        .default('sealed-box'),
    )
    .addOption(new Option('--group <name>', 'of a verifiable one').choices(groups).default('Ed25519'))
    .option('--trustees <number>', 'of a verifiable one', numberUpTo(mostTrustees), 1)
    .option(
      '--threshold <number>',
      'how many trustees open the box; all of them when left out',
      numberUpTo(mostTrustees),
    )
    .option('--record <file>', 'keep the public record in this file')
    .option('--json', 'answer in one line of JSON')
    .action((options: RehearseOptions) => answer(options, () => asked(options)));
}

async function asked(given: RehearseOptions): Promise<Answer> {
  const options = { ...given, threshold: given.threshold ?? 0 };
  if (options.sealing === 'verifiable' && !isThreshold(options.threshold, options.trustees))
    return {
      ok: false,
      reason: 'wrong-threshold',
      sentence: 'More than half of the trustees must be needed, and not more than there are.',
      exitCode: usageExitCode,
    };
  return inFolder((folder) => rehearse(folder, options));
}

/** A folder that is gone afterwards. */
async function inFolder(work: (folder: string) => Promise<Answer>): Promise<Answer> {
  const folder = mkdtempSync(join(tmpdir(), 'votix-rehearsal-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function rehearse(folder: string, options: RehearseOptions): Promise<Answer> {
  const database = await throwawayDatabase(options.database, folder);
  if (!database.ok) return { ...database, exitCode: 1 };
  let isInterrupted = false;
  const interrupted = firstSignal().then(() => {
    isInterrupted = true;
    return refused('interrupted', 'The rehearsal was interrupted.');
  });
  try {
    return await Promise.race([onStage(folder, database, options), interrupted]);
  } finally {
    await database.remove();
    // What still runs has nothing left to run on; the answer is given before.
    if (isInterrupted) setTimeout(() => process.exit(), 100).unref();
  }
}

async function onStage(
  folder: string,
  { address }: Extract<Throwaway, { ok: true }>,
  options: RehearseOptions,
): Promise<Answer> {
  const { voters, concurrency, sealing, record } = options;
  const seconds: Record<string, number> = {};
  const timed = stopwatch(seconds);
  const environment = {
    PORT: String(await freePort()),
    DATA_DIR: folder,
    LOG_DIR: folder,
    DATABASE_URL: address.kind === 'sqlite' ? `sqlite:${address.path}` : address.url,
    SECRET_KEY: randomBytes(32).toString('hex'),
  };
  const baseUrl = `http://127.0.0.1:${environment.PORT}`;
  const prepared = await timed('prepare', () => prepareAt(environment, baseUrl, options));
  const server = await timed('start', () => startServer(folder, environment));
  const crew = hireCrew();
  try {
    const end = () => endNow(address, prepared.electionId);
    const stage = { baseUrl, prepared, crew, concurrency, end, timed };
    const outcome = await run(stage, environment, options);
    if (record !== undefined) await saveRecord(record, outcome.record);
    return answerOf(outcome, { database: address.kind, voters, concurrency, seconds, sealing });
  } finally {
    await crew.dismiss();
    await server.stop();
  }
}

function stopwatch(seconds: Record<string, number>) {
  return async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    if (process.stderr.isTTY) process.stderr.write(`${name} …\n`);
    const start = performance.now();
    const result = await work();
    seconds[name] = (performance.now() - start) / 1000;
    return result;
  };
}

const run = (stage: Stage, environment: Environment, { sealing, threshold }: RehearseOptions): Promise<Outcome> =>
  sealing === 'verifiable'
    ? runVerifiable(stage, insideOf(environment, stage.prepared, threshold))
    : runElection(stage);

/** What the server's own machine knows. */
function insideOf(environment: Environment, { electionId, voters }: Prepared, threshold: number): Inside {
  const at = <T>(look: (instance: Instance, config: Config) => Promise<T>) => withInstanceAt(environment, look);
  const definition = () =>
    at(async ({ db }) => encodeDefinition(definitionOf((await readElection(db.reader, electionId))!)));
  return {
    threshold,
    definition,
    definitionHash: async () => definitionHash(await definition()),
    credentials: () =>
      at(({ db }, config) => {
        const ids = voters.map(({ id }) => id);
        return openCredentials(db.reader, openCredentialKeys(config), electionId, ids);
      }),
  };
}

async function withInstanceAt<T>(
  environment: Environment,
  look: (instance: Instance, config: Config) => Promise<T>,
): Promise<T> {
  const read = readConfig(environment);
  if (!read.ok) throw new Error(describeProblems(read.problems));
  const instance = await openInstance(read.config);
  try {
    return await look(instance, read.config);
  } finally {
    await instance.db.close();
  }
}

const prepareAt = (environment: Environment, baseUrl: string, options: RehearseOptions): Promise<Prepared> =>
  withInstanceAt(environment, (instance) => prepare(instance, baseUrl, options.voters, options));

/** The end is moved to this moment, so that nobody waits for it; the server notices as it would any other end. */
async function endNow(address: DatabaseAddress, electionId: string): Promise<void> {
  const db = await openDatabase(address);
  try {
    await db.write(async (tx) => updateElection(tx, electionId, { closes_at: await db.now(tx) }));
  } finally {
    await db.close();
  }
}
