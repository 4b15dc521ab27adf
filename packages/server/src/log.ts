// Logs: JSON on stdout and app.log in the log folder. Nothing of a request but its route's pattern is ever given to them.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { destination, type Logger, multistream, pino } from 'pino';

export type Log = Logger;

export interface OpenLog {
  readonly log: Log;
  /** Writes out what is waiting; the last thing before the process ends. */
  readonly flush: () => void;
}

export function openLog(logDir: string): OpenLog {
  mkdirSync(logDir, { recursive: true });
  const file = destination({ dest: join(logDir, 'app.log'), sync: true });
  const log = pino({ base: null }, multistream([{ stream: process.stdout }, { stream: file }]));
  return { log, flush: () => file.flushSync() };
}
