// Writing that is worth waiting for: a database that restarts is asked again every second.

import { setTimeout as wait } from 'node:timers/promises';
import type { Database, Writer } from '../storage/database.ts';

const againMs = 1000;

/** The work may be done twice, when only the answer to its commit was lost. */
export async function writePatiently<T>(db: Database, work: (tx: Writer) => Promise<T>, longestMs: number): Promise<T> {
  for (const end = performance.now() + longestMs; ;) {
    try {
      return await db.write(work);
    } catch (error) {
      if (!db.isAway(error) || performance.now() > end) throw error;
      await wait(againMs);
    }
  }
}
