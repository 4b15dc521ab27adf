// After everything was deleted or replaced, the SQLite file is written anew, so that no trace of it stays.

import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '../storage/database.ts';

/** A running server may read at this moment; a moment later it does not. */
export async function compactWhenFree(db: Database): Promise<boolean> {
  for (let tries = 0; tries < 20; tries++) {
    try {
      await db.compact();
      return true;
    } catch {
      await pause(100);
    }
  }
  return false;
}
