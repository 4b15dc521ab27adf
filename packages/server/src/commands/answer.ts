// How a command of `votix` answers: text for people, or with --json exactly one line on stdout; refusals go to stderr.
// Exit codes: 0 done, 1 refused or failed, 2 wrong usage, 78 a configuration that cannot be used (sysexits(3), EX_CONFIG).

import { type Config, type ConfigProblem, configExitCode, describeProblems, readConfig } from '../config.ts';
import { FoldersRefused } from '../folders.ts';
import { type Instance, openInstance } from '../instance.ts';
import { SecretRefused } from '../secret.ts';
import { NewerDatabase } from '../storage/migrations/all.ts';
import { UpgradeRefused } from '../upgrade.ts';

export const usageExitCode = 2;

export type Answer =
  | { readonly ok: true; readonly text: string; readonly facts?: Readonly<Record<string, unknown>> }
  | Refused
  | { readonly ok: false; readonly reason: 'configuration'; readonly problems: readonly ConfigProblem[] };

export interface Refused {
  readonly ok: false;
  readonly reason: string;
  /** What is wrong and what to do, for the terminal. */
  readonly sentence: string;
  readonly exitCode?: number;
  readonly facts?: Readonly<Record<string, unknown>>;
}

export const refused = (reason: string, sentence: string): Refused => ({ ok: false, reason, sentence });

export interface AnswerOptions {
  readonly json?: boolean | undefined;
}

/** Runs a command to its end, whatever happens, and sets the exit code. */
export async function answer({ json = false }: AnswerOptions, work: () => Promise<Answer>): Promise<void> {
  const given = await work().catch(failed);
  process.exitCode = exitCodeOf(given);
  if (json) process.stdout.write(`${JSON.stringify(lineOf(given))}\n`);
  else if (given.ok) process.stdout.write(`${given.text}\n`);
  else process.stderr.write(`${'problems' in given ? problemsOf(given.problems) : given.sentence}\n`);
}

/** For what needs the configuration and no database. */
export async function withConfig(work: (config: Config) => Promise<Answer>): Promise<Answer> {
  const read = readConfig(process.env);
  return read.ok ? work(read.config) : { ok: false, reason: 'configuration', problems: read.problems };
}

/** For what needs the database; it is closed again whatever happens. */
export const withInstance = (work: (instance: Instance, config: Config) => Promise<Answer>): Promise<Answer> =>
  withConfig(async (config) => {
    const instance = await openInstance(config);
    try {
      return await work(instance, config);
    } finally {
      await instance.db.close();
    }
  });

function failed(error: unknown): Answer {
  const sentence = error instanceof Error ? error.message : String(error);
  if (error instanceof SecretRefused) return { ok: false, reason: 'other-secret', sentence, exitCode: configExitCode };
  if (error instanceof FoldersRefused)
    return { ok: false, reason: 'folders-refused', sentence: sentence.trimEnd(), exitCode: configExitCode };
  if (error instanceof UpgradeRefused || error instanceof NewerDatabase)
    return { ok: false, reason: 'upgrade-refused', sentence, exitCode: configExitCode };
  return { ok: false, reason: 'failed', sentence: `That did not work: ${sentence}` };
}

function exitCodeOf(given: Answer): number {
  if (given.ok) return 0;
  return 'problems' in given ? configExitCode : (given.exitCode ?? 1);
}

function lineOf(given: Answer): unknown {
  if (given.ok) return { ok: true, ...given.facts };
  const { ok, reason } = given;
  return 'problems' in given
    ? { ok, reason, problems: given.problems }
    : { ok, reason, message: given.sentence, ...given.facts };
}

const problemsOf = (problems: readonly ConfigProblem[]): string =>
  `The configuration has ${problems.length} problem(s).\n${describeProblems(problems)}`;
