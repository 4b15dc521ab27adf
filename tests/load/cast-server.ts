// The parent's end of cast-child.ts.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { startOptions } from '../support/votix-process.ts';

export interface Way {
  readonly storing: 'shared' | 'before-storage' | 'alone';
  /** The product's own number when left out. */
  readonly proofThreads?: number;
}

/** What a server is told, as its operator would. */
export type Environment = Readonly<Record<string, string>> & { readonly VOTING_URL: string };

export interface CastServerWish {
  readonly environment: Environment;
  readonly ways: readonly Way[];
}

export interface Usage {
  /** Processor time of all its threads, and of the one that answers. */
  readonly cpuMs: number;
  readonly answeringMs: number;
  /** Of the latter. */
  readonly delayP99Ms: number;
}

export async function startCastServer(wish: CastServerWish) {
  const profile = process.env['BENCH_PROFILE'];
  const child = fork(join(import.meta.dirname, 'cast-child.ts'), [JSON.stringify(wish)], {
    execArgv: profile ? [...startOptions, '--cpu-prof', `--cpu-prof-dir=${profile}`] : startOptions,
    env: { PATH: process.env['PATH'] ?? '', NODE_NO_WARNINGS: '1' },
  });
  const ended = once(child, 'exit').then((): never => {
    throw new Error('The server has ended.');
  });
  ended.catch(() => undefined);
  const next = async () => (await Promise.race([once(child, 'message'), ended]))[0] as unknown;
  const urls = (await next()) as string[];
  return {
    urls,
    /** Since it was asked last. */
    usage: async () => {
      const answer = next();
      child.send('usage');
      return (await answer) as Usage;
    },
    stop: async () => {
      child.disconnect();
      await ended.catch(() => undefined);
    },
  };
}
