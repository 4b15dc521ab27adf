// `votix-offline`: reads the arguments, runs one command, prints its outcome, answers with the exit code. Uses no network.

import manifest from '../package.json' with { type: 'json' };
import { HELP, parseArguments, type Request } from './arguments.ts';
import { checkKey, generateKey } from './keys.ts';
import { open } from './open.ts';
import type { ExitCode, Outcome } from './outcome.ts';
import { passphraseSource } from './passphrase.ts';
import { trusteeCertificate, trusteeKey, trusteeMemberKey, trusteePolynomial, trusteeShare } from './trustee.ts';
import { verify } from './verify.ts';

type Job = Extract<Request, { readonly json: boolean }>;

export async function main(args: readonly string[]): Promise<ExitCode> {
  const request = parseArguments(args);
  switch (request.command) {
    case 'help':
      return print(HELP);
    case 'version':
      return print(`votix-offline ${manifest.version}`);
    case 'mistake':
      process.stderr.write(`votix-offline: ${request.sentence}\n`);
      return 2;
    case 'verify':
    case 'open':
    case 'keys generate':
    case 'keys check':
    case 'trustee key':
    case 'trustee certificate':
    case 'trustee polynomial':
    case 'trustee member-key':
    case 'trustee share':
      return runSafely(request);
  }
}

/** A bug or a broken machine is no failed check: it must not end with 1, as if something had been found out. */
async function runSafely(job: Job): Promise<ExitCode> {
  try {
    return report(await run(job), job);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    process.stderr.write(`votix-offline stopped before it had an answer (${detail}); please report this.\n`);
    return 2;
  }
}

async function run(job: Job): Promise<Outcome> {
  switch (job.command) {
    case 'verify':
      return verify(job);
    case 'open':
      return open(job, passphraseSource());
    case 'keys generate':
      return generateKey(job);
    case 'keys check':
      return checkKey(job, passphraseSource());
    case 'trustee key':
      return trusteeKey(job);
    case 'trustee certificate':
      return trusteeCertificate(job);
    case 'trustee polynomial':
      return trusteePolynomial(job, passphraseSource());
    case 'trustee member-key':
      return trusteeMemberKey(job, passphraseSource());
    case 'trustee share':
      return trusteeShare(job, passphraseSource());
  }
}

function report({ exitCode, lines, answer }: Outcome, { command, json }: Job): ExitCode {
  if (json) print(JSON.stringify({ command, ...answer }));
  else if (exitCode === 2) process.stderr.write(`${lines.join('\n')}\n`);
  else print(lines.join('\n'));
  return exitCode;
}

function print(text: string): ExitCode {
  process.stdout.write(`${text}\n`);
  return 0;
}
