// How often somebody may ask the directory: as fast as people type, not as fast as programs read a directory out.

import type { Database } from '../storage/database.ts';
import type { Technician } from './scopes.ts';
import { type Attempt, countInWindow } from './throttles.ts';
import type { Vault } from './vault.ts';

const rule = { most: 60, windowMs: 60_000 };

export const countDirectorySearch = (db: Database, vault: Vault, { accountId }: Technician): Promise<Attempt> =>
  countInWindow(db, vault.hash('throttle', `directory search ${accountId}`), rule);
