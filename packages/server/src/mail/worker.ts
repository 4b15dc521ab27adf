// The postman: takes due deliveries from the outbox, writes `sending` before SMTP speaks, and the outcome after. Right with
// one process or ten: a row belongs to whoever wrote `sending`; a lease that runs out leaves it unknown, and unknown is
// never sent by itself.

import { setTimeout as wait } from 'node:timers/promises';
import type { CredentialKeys } from '../domain/credential-keys.ts';
import type { Organisation } from '../domain/settings.ts';
import type { Vault } from '../domain/vault.ts';
import type { Database, Writer } from '../storage/database.ts';
import {
  claimDeliveries,
  countSettled,
  type DeliveryRow,
  expireLeases,
  hasMailWork,
  type Outcome,
  saveOutcomes,
} from '../storage/deliveries.ts';
import { countPace, finishMailings, markWaiting, stopRunning, takePace, updateMailing } from '../storage/mailings.ts';
import { messageBytes } from './compose.ts';
import { letterFor } from './letters.ts';
import { offeredMessage } from './offered.ts';
import { returnAddress } from './return-address.ts';
import { type SmtpError, type Verdict, replyCodeOf, verdictOf } from './outcome.ts';
import { type MailTransport, openTransport, type SmtpSettings } from './smtp.ts';

const minute = 60_000;
/** Longer than any sending may take. */
const leaseMs = 5 * minute;
const sendingMs = 3 * minute;
const idleMs = 1000;
/** After each deferral, until it is given up about a day later. */
const delaysMs = [1, 5, 15, 60, 180, 360, 720].map((minutes) => minutes * minute);
const longestPauseMs = 5 * minute;
/** A mailing stops by itself when most of its first mails are refused. */
const first = 50;
const allRefused = 10;

export interface MailLog {
  info(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface MailWorkerDeps {
  readonly db: Database;
  readonly vault: Vault;
  readonly credentialKeys: CredentialKeys;
  readonly log: MailLog;
  readonly organisation: () => Promise<Organisation | undefined>;
  /** Undefined while no mail server is set. */
  readonly settings: () => Promise<SmtpSettings | undefined>;
}

export interface MailWorker {
  /** Something was put into the outbox. */
  wake(): void;
  /** Nothing new is taken; what is on its way gets a few seconds. */
  stop(): Promise<void>;
}

interface Route {
  readonly settings: SmtpSettings;
  readonly transport: MailTransport;
}

export function startMailWorker(deps: MailWorkerDeps): MailWorker {
  const stopping = new AbortController();
  let awake = new AbortController();
  let route: Route | undefined;
  const post = createPost(deps, stopping.signal);

  const routeOf = async (): Promise<Route | undefined> => {
    const settings = await deps.settings();
    if (route && JSON.stringify(route.settings) === JSON.stringify(settings)) return route;
    route?.transport.close();
    route = settings && { settings, transport: openTransport(settings) };
    return route;
  };

  const run = async (): Promise<void> => {
    // One that was cut off between its last outcome and this leaves a mailing that nothing waits for.
    await deps.db.write((tx) => finishMailings(tx)).catch(() => {});
    while (!stopping.signal.aborted) {
      awake = new AbortController();
      const rested = await post.round(await routeOf()).catch((error: unknown) => {
        deps.log.error({ error: String(error) }, 'A round of mails failed.');
        return idleMs;
      });
      const signal = AbortSignal.any([awake.signal, stopping.signal]);
      await wait(rested, undefined, { signal }).catch(() => {});
    }
  };
  const running = run();
  return {
    wake: () => awake.abort(),
    stop: async () => {
      stopping.abort();
      await running;
      route?.transport.close();
    },
  };
}

/** Milliseconds until the next round. */
type Rest = number;

function createPost({ db, vault, credentialKeys, log, organisation }: MailWorkerDeps, stopping: AbortSignal) {
  const seasoned = new Set<string>();
  /** How many rounds in a row the mail server could not be reached. */
  const way = { failures: 0 };

  async function claim(settings: SmtpSettings, most: number): Promise<DeliveryRow[]> {
    return db.write(async (tx) => {
      const now = await db.now(tx);
      const allowed = await takePace(tx, { now, perMinute: settings.perMinute, wished: most });
      if (allowed === 0) return [];
      const claimed = await claimDeliveries(db, tx, { now, leaseUntil: now + leaseMs, most: allowed });
      if (claimed.length > 0) await countPace(tx, now, claimed.length);
      return claimed;
    });
  }

  async function send(delivery: DeliveryRow, { settings, transport }: Route): Promise<Verdict | Skip> {
    const known = await organisation();
    if (!known) return { kind: 'skip', cause: 'removed' };
    const { voter_id: voterId, kind } = delivery;
    const written = await letterFor(
      { db: db.reader, vault, credentialKeys, organisation: known },
      { voterId, kind, now: await db.now() },
    );
    if (!written.ok) return { kind: 'skip', cause: written.reason };
    const { raw, isOffered } = offeredMessage(await messageBytes(written.letter, settings, delivery.id));
    try {
      const from = settings.returnAddress === '' ? settings.from : returnAddress(settings.returnAddress, delivery.id);
      const envelope = { from, to: [written.letter.to.address] };
      const { response } = await transport.sendMail({ envelope, raw, signal: AbortSignal.timeout(sendingMs) });
      return { kind: 'accepted', replyCode: replyCodeOf(response, 250) };
    } catch (error) {
      return verdictOf(error as SmtpError, isOffered());
    }
  }

  /** Writes what has gathered; while it writes, more gathers. */
  const outcomes = createGathering<{ delivery: DeliveryRow; verdict: Verdict | Skip }>(async (batch) => {
    await db.write(async (tx) => {
      const now = await db.now(tx);
      await saveOutcomes(
        tx,
        batch.map(({ delivery, verdict }) => outcomeOf(delivery, verdict, now)),
        now,
      );
      await react(tx, batch);
    });
    for (const { delivery, verdict } of batch) {
      const { id: mail, kind, attempts } = delivery;
      const { kind: status, ...more } = verdict;
      log.info({ mail, mailKind: kind, attempts, status, ...more }, 'mail');
    }
  });

  async function react(tx: Writer, batch: readonly { delivery: DeliveryRow; verdict: Verdict | Skip }[]) {
    const verdicts = batch.map(({ verdict }) => verdict);
    const stop = verdicts.find(({ kind }) => kind === 'stop');
    const unreachable = verdicts.find(({ kind }) => kind === 'unreachable');
    if (stop && 'cause' in stop) return stopRunning(tx, stop.cause);
    if (unreachable && 'cause' in unreachable) {
      way.failures++;
      return markWaiting(tx, unreachable.cause);
    }
    way.failures = 0;
    await markWaiting(tx, '');
    for (const id of new Set(batch.map(({ delivery }) => delivery.mailing_id))) {
      if (seasoned.has(id)) continue;
      const { accepted, rejected } = await countSettled(tx, id);
      const hopeless = rejected > first / 2 || (accepted === 0 && rejected >= allRefused);
      if (hopeless && accepted + rejected <= first + batch.length)
        await updateMailing(tx, id, { state: 'stopped', why: 'most-refused' });
      if (accepted + rejected >= first || hopeless) seasoned.add(id);
    }
  }

  async function round(route: Route | undefined): Promise<Rest> {
    if (!(await hasMailWork(db.reader, await db.now()))) return idleMs;
    await db.write(async (tx) => void (await expireLeases(tx, await db.now(tx))));
    if (!route) {
      await db.write((tx) => finishMailings(tx));
      return idleMs;
    }
    const onTheirWay = new Set<Promise<void>>();
    const before = way.failures;
    while (!stopping.aborted && way.failures === before) {
      const free = 2 * route.settings.connections - onTheirWay.size;
      const claimed = await claim(route.settings, free);
      for (const delivery of claimed) {
        const sending: Promise<void> = send(delivery, route)
          .then((verdict) => outcomes.add({ delivery, verdict }))
          .finally(() => onTheirWay.delete(sending));
        onTheirWay.add(sending);
      }
      if (onTheirWay.size === 0) break;
      if (claimed.length < free || onTheirWay.size >= 2 * route.settings.connections) await Promise.race(onTheirWay);
    }
    await Promise.all(onTheirWay);
    await db.write((tx) => finishMailings(tx));
    return way.failures === 0 ? idleMs : Math.min(5000 * 2 ** (way.failures - 1), longestPauseMs);
  }

  return { round };
}

interface Skip {
  readonly kind: 'skip';
  readonly cause: 'voted' | 'closed' | 'removed';
}

function outcomeOf({ id, attempts, due_at }: DeliveryRow, verdict: Verdict | Skip, now: number): Outcome {
  const same = { id, cause: '', reply_code: '', due_at };
  switch (verdict.kind) {
    case 'accepted':
      return { ...same, status: 'accepted', reply_code: verdict.replyCode };
    case 'rejected':
      return { ...same, status: 'rejected', cause: verdict.cause, reply_code: verdict.replyCode };
    case 'deferred': {
      const delay = delaysMs[attempts - 1];
      const again = { ...same, cause: verdict.cause, reply_code: verdict.replyCode };
      return delay === undefined
        ? { ...again, status: 'rejected', cause: 'gave-up' }
        : { ...again, status: 'deferred', due_at: now + delay };
    }
    case 'unknown':
      return { ...same, status: 'unknown', cause: verdict.cause };
    case 'unreachable':
    case 'stop':
      return { ...same, status: 'queued', untried: true };
    case 'skip':
      return { ...same, status: 'cancelled', cause: verdict.cause };
  }
}

/** Shared commits, as for ballots: what arrives while one is written shares the next. */
function createGathering<T>(write: (batch: readonly T[]) => Promise<void>) {
  let waiting: T[] = [];
  let last: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;
  const writeAfter = async (former: Promise<void>): Promise<void> => {
    await former.catch(() => {}); // told to those who waited for it
    const batch = waiting;
    waiting = [];
    next = undefined;
    await write(batch);
  };
  return {
    add: (item: T): Promise<void> => {
      waiting.push(item);
      next ??= last = writeAfter(last);
      return next;
    },
  };
}
