// How often somebody may try the mail server: it answers within seconds, and a test mail is a real one.

import type { Database } from '../storage/database.ts';
import type { Admin } from './scopes.ts';
import { type Attempt, countAttempt } from './throttles.ts';
import type { Vault } from './vault.ts';

const minute = 60_000;
const rule = { attempts: 10, pauseMs: 2 * minute, longestPauseMs: 15 * minute };

/** Counted before it is tried, whatever comes of it. */
export const countMailTrial = (db: Database, vault: Vault, { accountId }: Admin): Promise<Attempt> =>
  countAttempt(db, vault.hash('throttle', `mail trial ${accountId}`), rule);
