// `votix rehearse`: a whole election on a throwaway database, with a real server, real sealing and real opening. Exit code 1
// when anything differs from what was cast.

import { type Command, InvalidArgumentError } from 'commander';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeProblems, readConfig } from '../config.ts';
import { openInstance } from '../instance.ts';
import { type DatabaseAddress, openDatabase } from '../storage/database.ts';
import { updateElection } from '../storage/elections.ts';
import { type Answer, answer, type AnswerOptions } from './answer.ts';
import { hireCrew } from './rehearsal/crew.ts';
import { throwawayDatabase, type Throwaway } from './rehearsal/database.ts';
import { runElection } from './rehearsal/election.ts';
import { prepare } from './rehearsal/preparation.ts';
import { answerOf } from './rehearsal/report.ts';
import { freePort, startServer } from './rehearsal/server.ts';

interface RehearseOptions extends AnswerOptions {
  readonly voters: number;
  readonly concurrency: number;
  readonly database?: string;
}

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
    .option('--json', 'answer in one line of JSON')
    .action((options: RehearseOptions) => answer(options, () => inFolder((folder) => rehearse(folder, options))));
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
  const interrupted = new Promise<never>((_, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => reject(new Error('the rehearsal was interrupted.')));
  });
  try {
    return await Promise.race([onStage(folder, database, options), interrupted]);
  } finally {
    await database.remove();
  }
}

async function onStage(
  folder: string,
  { address }: Extract<Throwaway, { ok: true }>,
  { voters, concurrency }: RehearseOptions,
): Promise<Answer> {
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
  const prepared = await timed('prepare', () => prepareAt(environment, baseUrl, voters));
  const server = await timed('start', () => startServer(folder, environment));
  const crew = hireCrew();
  try {
    const end = () => endNow(address, prepared.electionId);
    const outcome = await runElection({ baseUrl, prepared, crew, concurrency, end, timed });
    return answerOf(outcome, { database: address.kind, voters, concurrency, seconds });
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

async function prepareAt(environment: Readonly<Record<string, string>>, baseUrl: string, voters: number) {
  const read = readConfig(environment);
  if (!read.ok) throw new Error(describeProblems(read.problems));
  const instance = await openInstance(read.config);
  try {
    return await prepare(instance, baseUrl, voters);
  } finally {
    await instance.db.close();
  }
}

/** The end is moved to this moment, so that nobody waits for it; the server notices as it would any other end. */
async function endNow(address: DatabaseAddress, electionId: string): Promise<void> {
  const db = await openDatabase(address);
  try {
    await db.write(async (tx) => updateElection(tx, electionId, { closes_at: await db.now(tx) }));
  } finally {
    await db.close();
  }
}
