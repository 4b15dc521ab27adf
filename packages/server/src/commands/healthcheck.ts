// `votix healthcheck`: exit 0 when the server of this configuration is ready, 1 with the reason when it is not.

import type { Command } from 'commander';
import { configExitCode, describeProblems, readConfig } from '../config.ts';

const timeoutMs = 5000;

export function addHealthcheck(program: Command): void {
  program
    .command('healthcheck')
    .description('Ask the running server whether it is ready (exit code 0) or not (1)')
    .action(async () => {
      process.exitCode = await healthcheck();
    });
}

async function healthcheck(): Promise<number> {
  const read = readConfig(process.env);
  if (!read.ok) {
    process.stderr.write(`${describeProblems(read.problems)}\n`);
    return configExitCode;
  }
  const { host, port } = read.config;
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  try {
    const answer = await fetch(`http://${name}:${port}/readyz`, { signal: AbortSignal.timeout(timeoutMs) });
    process.stdout.write(`${answer.ok ? 'ready' : `not ready: ${(await answer.text()).trim()}`}\n`);
    return answer.ok ? 0 : 1;
  } catch {
    process.stdout.write(`not ready: nothing answers on port ${port}\n`);
    return 1;
  }
}
