// Work that the server does by itself, again and again.

import type { Log } from './log.ts';

export interface Task {
  readonly what: string;
  readonly everyMs: number;
  readonly work: () => Promise<void>;
}

/** Runs again and again, never twice at once; a failure is logged and the next run tries again. */
export function repeat(log: Log, { what, everyMs, work }: Task): { stop: () => Promise<void> } {
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
