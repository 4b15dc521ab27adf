// How a process ends (decision 074): the first signal stops it in order, one that comes later ends it at once, and after nine
// seconds it ends whatever it waits for. Each says so in the log, which is written out before.

import type { Log } from './log.ts';

const hardExitMs = 9000;
/** One Ctrl-C arrives twice: from the terminal, and from npm, which hears it too. */
const sameDeedMs = 1000;
/** A disk that hangs must not keep the process from ending. */
const lastWordsMs = 500;

export interface Stoppable {
  stop(): Promise<void>;
  /** Says in the log why it ends now and what it still waited for, and writes the log out. */
  giveUp(why: string): Promise<void>;
}

export interface Ending {
  readonly exit: (code: number) => void;
  /** For the operator's eyes. */
  readonly say: (line: string) => void;
}

const ofProcess: Ending = {
  exit: (code) => process.exit(code),
  say: (line) => void process.stderr.write(`${line}\n`),
};

export const signals = { SIGINT: 130, SIGTERM: 143 } as const;
export type Signal = keyof typeof signals;

type OnSignal = (signal: Signal) => void;

/** Tells the first signal, and those that come later by more than an echo. */
function tellApart(first: OnSignal, later: OnSignal): OnSignal {
  let firstAt: number | undefined;
  return (signal) => {
    const now = performance.now();
    if (firstAt !== undefined) return now - firstAt < sameDeedMs ? undefined : later(signal);
    firstAt = now;
    first(signal);
  };
}

/** What to do when a signal comes. */
export function onSignalOf(server: Stoppable, { exit, say }: Ending = ofProcess): OnSignal {
  const endNow = async (why: string, code: number) => {
    await Promise.race([server.giveUp(why).catch(() => {}), after(lastWordsMs)]);
    exit(code);
  };
  const stop = () => {
    setTimeout(() => void endNow('nine seconds are over', 1), hardExitMs).unref();
    server.stop().then(
      () => exit(0),
      (error: unknown) => endNow(`stopping failed: ${String(error)}`, 1),
    );
  };
  return tellApart(stop, (signal) => {
    say(`A second ${signal}: ended at once. What was not acknowledged is not recorded.`);
    void endNow(`a second ${signal}`, signals[signal]);
  });
}

const after = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));

function listen(onSignal: OnSignal): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => onSignal(signal));
}

export const stopOnSignals = (server: Stoppable): void => listen(onSignalOf(server));

/** For what clears up after itself: until the first signal. A later one ends the process at once. */
export const firstSignal = (): Promise<Signal> =>
  new Promise((resolve) => listen(tellApart(resolve, (signal) => ofProcess.exit(signals[signal]))));

/** What a stop waits for, by name. */
export interface Waiting {
  for(what: string, ...works: readonly Promise<unknown>[]): Promise<void>;
  readonly still: () => readonly string[];
}

export function createWaiting(): Waiting {
  const still = new Set<string>();
  return {
    for: async (what, ...works) => {
      still.add(what);
      await Promise.all(works);
      still.delete(what);
    },
    still: () => [...still],
  };
}

/** For the log of a process that could not wait. */
export const lastWords = (log: Log, why: string, waiting: Waiting): void =>
  log.error({ why, waitedFor: waiting.still() }, 'Votix ended before everything was finished.');
