// What a server's process holds while something goes on: looked at again and again from outside.

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** MB in memory. */
function residentMB(pid: number): number {
  if (process.platform === 'linux')
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
  return Number(spawnSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' }).stdout) / 1024;
}

export interface Watched {
  /** By how much it grew at most, in MB. */
  readonly grownMB: number;
  /** How long a page that reads nothing took to be answered, each time. */
  readonly waitsMs: readonly number[];
}

/** Asks `/livez` of the server every twenty milliseconds meanwhile. */
export async function watch(
  server: { readonly pid: number; readonly url: string },
  work: () => Promise<unknown>,
): Promise<Watched> {
  const before = residentMB(server.pid);
  let most = before;
  const waitsMs: number[] = [];
  const state = { isDone: false };
  const looking = (async () => {
    while (!state.isDone) {
      const start = performance.now();
      await (await fetch(`${server.url}/livez`)).arrayBuffer();
      waitsMs.push(performance.now() - start);
      most = Math.max(most, residentMB(server.pid));
      await pause(20);
    }
  })();
  try {
    await work();
  } finally {
    state.isDone = true;
    await looking;
  }
  return { grownMB: most - before, waitsMs };
}
