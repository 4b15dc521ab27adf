// `npm run demo`: a throwaway instance with three elections, and a mail server that catches its mails. Everything of it is
// gone when it stops; a database that holds anything is refused.

import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Config, configExitCode, describeProblems, type Environment, readConfig } from '../../config.ts';
import type { Demo } from '../../http/deps.ts';
import { localUrl, openInstance } from '../../instance.ts';
import { startServer } from '../../main.ts';
import { firstSignal } from '../../stopping.ts';
import { postmanOf } from '../send-mails.ts';
import { throwawayDatabase } from '../rehearsal/database.ts';
import type { DemoLanguage } from './content.ts';
import { fillDemo } from './instance.ts';
import { catchMails, type MailCatcher } from './mail-catcher.ts';

const longestStopMs = 9000;

/** The environment chooses address, port and language; everything else is of its own. */
export async function demo(env: Environment = process.env): Promise<void> {
  const stopped = firstSignal().then(() => undefined);
  const folder = mkdtempSync(join(tmpdir(), 'votix-demo-'));
  const removeFolder = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', removeFolder);
  const database = await throwawayDatabase(env['DATABASE_URL'] || undefined, folder);
  if (!database.ok) return fail(database.sentence, 1);
  const { address } = database;
  const clock = { offsetMs: 0 };
  const mails = await catchMails(() => Date.now() + clock.offsetMs);
  const read = readConfig({
    HOST: env['HOST'],
    PORT: env['PORT'],
    DATA_DIR: folder,
    LOG_DIR: folder,
    DATABASE_URL: address.kind === 'sqlite' ? `sqlite:${address.path}` : address.url,
    SECRET_KEY: randomBytes(32).toString('hex'),
    ...settingsFor(mails),
  });
  if (!read.ok) return fail(describeProblems(read.problems), configExitCode);
  try {
    const filled = await Promise.race([fill(read.config, languageOf(env), clock), stopped]);
    if (filled) await show(read.config, { ...filled, mails }, stopped);
  } catch (error) {
    fail(`The demonstration could not start: ${error instanceof Error ? error.message : String(error)}`, 1);
  } finally {
    await mails.close();
    await database.remove();
  }
  process.exit();
}

const languageOf = (env: Environment): DemoLanguage =>
  /^fr/i.test(env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '') ? 'fr' : 'en';

const settingsFor = ({ port }: MailCatcher): Environment => ({
  SMTP_SERVER: '127.0.0.1',
  SMTP_PORT: String(port),
  SMTP_FROM: 'votes@example.org',
  SMTP_REPLY_TO: 'claire@example.org',
  SMTP_RATE: '100000',
});

async function fill(config: Config, language: DemoLanguage, clock: { offsetMs: number }): Promise<Omit<Demo, 'mails'>> {
  const instance = await openInstance(config, { clockOffsetMs: () => clock.offsetMs });
  const postman = postmanOf(instance, config);
  postman.start();
  try {
    const setClock = (offsetMs: number) => void (clock.offsetMs = Math.round(offsetMs));
    return await fillDemo({ ...instance, postman, setClock }, language, localUrl(config));
  } finally {
    await postman.stop();
    await instance.db.close();
  }
}

async function show(config: Config, demonstration: Demo, stopped: Promise<void>): Promise<void> {
  const server = await startServer(config, { demo: demonstration, terminal: false });
  announce(localUrl(config), demonstration);
  await stopped;
  await Promise.race([server.stop(), wait(longestStopMs)]);
}

function announce(url: string, { email, password }: Pick<Demo, 'email' | 'password'>): void {
  process.stdout.write(`
This is a demonstration. Stop it with Ctrl+C: everything in it is then gone.

  Public pages    ${url}/
  Console         ${url}/console   (${email}, ${password})
  Demo voters     ${url}/demo

`);
}

function fail(sentence: string, exitCode: number): void {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = exitCode;
}
