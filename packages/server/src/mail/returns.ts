// Mails that came back are noted with their deliveries: the mailbox is looked into every few minutes, by one process at a
// time. A look that fails says why on the page and is made again later.

import { setTimeout as wait } from 'node:timers/promises';
import type { Database } from '../storage/database.ts';
import { markReturned } from '../storage/deliveries.ts';
import { findReturnedMailbox, takeTurn, updateReturnedMailbox } from '../storage/returned-mailboxes.ts';
import { lookInto, type MailboxSettings } from './mailbox.ts';
import { parseReturned } from './returned.ts';
import type { MailLog } from './post.ts';

export interface ReturnsDeps {
  readonly db: Database;
  readonly log: MailLog;
  /** Undefined while no mailbox is set. */
  readonly mailbox: () => Promise<MailboxSettings | undefined>;
}

const minute = 60_000;
const everyMs = 2 * minute;
const leaseMs = 10 * minute;
const pollMs = 10_000;
const firstLookMs = 30 * 24 * 60 * minute;

export const mailboxProblems = [
  'login-failed',
  'tls-failed',
  'unknown-host',
  'no-such-folder',
  'no-connection',
] as const;
export type MailboxProblem = (typeof mailboxProblems)[number];

export const nameOfMailbox = ({ host, port, username, folder }: MailboxSettings): string =>
  `${username} ${host} ${port} ${folder}`;

export interface Returns {
  /** One look, when it is due. */
  look(): Promise<void>;
  stop(): Promise<void>;
}

/** Begins to look when `start` says so; tests look by themselves. */
export function openReturns(deps: ReturnsDeps, { start }: { readonly start: boolean }): Returns {
  const stopping = new AbortController();
  const look = () => lookOnce(deps, stopping.signal);
  const run = async () => {
    while (!stopping.signal.aborted) {
      await look().catch((error: unknown) =>
        deps.log.error({ error: String(error) }, 'Looking for returned mails failed.'),
      );
      await wait(pollMs, undefined, { signal: stopping.signal }).catch(() => {});
    }
  };
  const running = start ? run() : Promise.resolve();
  return {
    look,
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

async function lookOnce({ db, log, mailbox }: ReturnsDeps, signal: AbortSignal): Promise<void> {
  const settings = await mailbox();
  if (!settings) return;
  const name = nameOfMailbox(settings);
  const now = await db.now();
  const before = await findReturnedMailbox(db.reader, name);
  if (before && (before.looked_at > now - everyMs || before.lease_until >= now)) return; // an idle server writes nothing
  const times = { now, leaseUntil: now + leaseMs, notSince: now - everyMs };
  const turn = await db.write((tx) => takeTurn(tx, name, times));
  if (!turn) return;
  const ours: { error?: unknown } = {};
  const own = <T>(work: Promise<T>): Promise<T> =>
    work.catch((error: unknown) => {
      ours.error = error;
      throw error;
    });
  const problem = await lookInto(settings, {
    from: turn,
    since: new Date(now - firstLookMs),
    take: (source) => own(note({ db, log }, source)),
    passed: ({ validity, uid }) => own(db.write((tx) => updateReturnedMailbox(tx, name, { validity, uid }))),
    signal,
  }).then(
    () => '' as const,
    (error: unknown) => problemOf(error as ImapError),
  );
  // Broken off because the process stops, or by what is no fault of the mailbox: the turn is given back, as if nobody had looked.
  if (signal.aborted || 'error' in ours) await db.write((tx) => updateReturnedMailbox(tx, name, { lease_until: 0 }));
  if ('error' in ours) throw ours.error;
  if (signal.aborted) return;
  if (problem !== '') log.error({ problem }, 'The mailbox of returned mails could not be read.');
  const done = { lease_until: 0, looked_at: await db.now(), problem };
  await db.write((tx) => updateReturnedMailbox(tx, name, done));
}

async function note({ db, log }: Pick<ReturnsDeps, 'db' | 'log'>, source: Uint8Array): Promise<boolean> {
  const returned = await parseReturned(source);
  if (!returned) return false;
  const { deliveryId: id, cause, replyCode } = returned;
  const isOurs = await db.write(async (tx) => markReturned(tx, { id, cause, replyCode }, await db.now(tx)));
  if (isOurs) log.info({ mail: id, status: 'returned', cause, replyCode }, 'mail');
  return isOurs;
}

/** What imapflow's errors carry, as far as we read them. */
interface ImapError {
  readonly authenticationFailed?: boolean;
  readonly code?: string;
  readonly serverResponseCode?: string;
  readonly mailboxMissing?: boolean;
  readonly message?: string;
}

function problemOf({ authenticationFailed, code = '', serverResponseCode, mailboxMissing, message = '' }: ImapError) {
  if (authenticationFailed === true) return 'login-failed';
  if (mailboxMissing === true || serverResponseCode === 'NONEXISTENT') return 'no-such-folder';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'unknown-host';
  return /CERT|TLS|SSL|SELF_SIGNED|ALTNAME/i.test(`${code} ${message}`) ? 'tls-failed' : 'no-connection';
}
