// How often somebody may try the mail server: it answers within seconds, and a test mail is a real one. And whether the
// server that is set has taken one.

import type { Database, Reader } from '../storage/database.ts';
import { findSetting, saveSetting } from '../storage/settings.ts';
import { type Actor, recordAudit } from './audit-log.ts';
import type { Admin } from './scopes.ts';
import { type Attempt, countAttempt } from './throttles.ts';
import type { Vault } from './vault.ts';

const minute = 60_000;
const rule = { attempts: 10, pauseMs: 2 * minute, longestPauseMs: 15 * minute };

/** Counted before it is tried, whatever comes of it. */
export const countMailTrial = (db: Database, vault: Vault, { accountId }: Admin): Promise<Attempt> =>
  countAttempt(db, vault.hash('throttle', `mail trial ${accountId}`), rule);

/** With another server, sender or log-in, mails have to be tried again. */
export interface TriedServer {
  readonly host: string;
  readonly from: string;
  readonly username: string;
}

const testedRow = 'mail-tested';
const sameServer = ({ host, from, username }: TriedServer): string => JSON.stringify([host, from, username]);

/** The server took a test mail. */
export const recordMailTest = (db: Database, actor: Actor, server: TriedServer): Promise<void> =>
  db.write(async (tx) => {
    await saveSetting(tx, testedRow, sameServer(server));
    await recordAudit(db, tx, { actor, action: 'mail-tested' });
  });

export const isMailTested = async (db: Reader, server: TriedServer | undefined): Promise<boolean> =>
  server !== undefined && (await findSetting(db, testedRow)) === sameServer(server);
