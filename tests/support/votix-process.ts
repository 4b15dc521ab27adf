// Starts, moves in time, kills and restarts a real Votix server for end-to-end and crash tests.

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import manifest from '../../package.json' with { type: 'json' };

export interface VotixProcess {
  readonly pid: number;
  readonly url: string;
  /** The one-time link printed at the first start. */
  readonly setupUrl: string | undefined;
  /** Everything printed so far: the JSON log among it. */
  readonly output: () => string;
  readonly moveClock: (offsetMs: number) => Promise<void>;
  /** SIGKILL: no goodbye. */
  readonly kill: () => Promise<void>;
  /** SIGTERM, and the exit code. */
  readonly stop: () => Promise<number | null>;
  /** A signal, and no waiting. */
  readonly signal: (signal: NodeJS.Signals) => void;
}

/** Node's own, as `npm start` gives them. */
export const startOptions: string[] = manifest.scripts.start.match(/--\S+/g) ?? [];

/** `environment` as the operator would set it; the port is free choice unless PORT says one. */
export async function startVotix(environment: Readonly<Record<string, string>>): Promise<VotixProcess> {
  const child = fork(join(import.meta.dirname, 'votix-child.ts'), {
    env: { PATH: process.env['PATH'] ?? '', PORT: '0', NODE_NO_WARNINGS: '1', ...environment },
    execArgv: startOptions,
    silent: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (bytes: Buffer) => (output += bytes.toString()));
  const { url } = (await firstMessage(child, () => output)) as { url: string };
  const ended = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    const exit = once(child, 'exit');
    child.kill(signal);
    return (await exit)[0] as number | null;
  };
  return {
    pid: child.pid!,
    url,
    setupUrl: /https?:\S+\/setup\/\S+/.exec(output)?.[0],
    output: () => output,
    moveClock: async (clockOffsetMs) => {
      const moved = once(child, 'message');
      child.send({ clockOffsetMs });
      await moved;
    },
    kill: async () => void (await ended('SIGKILL')),
    stop: () => ended('SIGTERM'),
    signal: (signal) => void child.kill(signal),
  };
}

async function firstMessage(child: ChildProcess, output: () => string): Promise<unknown> {
  const died = once(child, 'exit').then(() => {
    throw new Error(`Votix did not start:\n${output()}`);
  });
  const [message] = (await Promise.race([once(child, 'message'), died])) as [unknown];
  return message;
}
