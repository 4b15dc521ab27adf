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
  saveOutcomes,
} from '../storage/deliveries.ts';
import {
  countPace,
  finishMailings,
  markWaiting,
  passTurn,
  stopRunning,
  takePace,
  updateMailing,
} from '../storage/mailings.ts';
import { messageOf } from './compose.ts';
import { createGathering } from './gathering.ts';
import { lettersFor, type Written } from './letters.ts';
import { outcomeOf, type Skip } from './settlement.ts';
import { createUnderway } from './underway.ts';
import { writePatiently } from './patience.ts';
import { returnAddress } from './return-address.ts';
import { handOver } from './handing-over.ts';
import type { Verdict } from './outcome.ts';
import { type MailOptions, type MailTransport, openTransport, type SmtpSettings } from './smtp.ts';

const minute = 60_000;
/** Longer than any sending may take. */
const leaseMs = 5 * minute;
/** So long a database that is away is waited for: what became of a mail is known, and is not to be called unknown. */
const outageMs = minute;
const idleMs = 1000;
const longestPauseMs = 5 * minute;
/** A mailing stops by itself when most of its first mails are refused. */
const first = 50;
const mostInHand = 250;
/** So long outcomes gather for a commit: longer would leave more unknown when a process is killed. */
const gatherMs = 100;
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
      const rested = await routeOf()
        .then((found) => post.round(found))
        .catch((error: unknown) => {
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
  const holder = crypto.randomUUID();
  const seasoned = new Set<string>();
  const inHand = new Set<string>();
  /** The first mails of a mailing go out a few at a time: it may have to stop. */
  const isSeasoned = () => inHand.size > 0 && [...inHand].every((id) => seasoned.has(id));
  /** How many rounds in a row the mail server could not be reached. */
  const way = { failures: 0, isShut: false };

  async function claim(settings: SmtpSettings, most: number): Promise<DeliveryRow[]> {
    return db.write(async (tx) => {
      const now = await db.now(tx);
      const pace = { now, perMinute: settings.perMinute, wished: most };
      const allowed = await takePace(tx, { ...pace, holder });
      if (allowed === 0) return [];
      const claimed = await claimDeliveries(db, tx, { now, leaseUntil: now + leaseMs, most: allowed });
      if (claimed.length > 0) await countPace(tx, now, claimed.length);
      return claimed;
    });
  }

  /** Letters are written when a connection is about to be free, several at once: what they share is read once. */
  async function write(deliveries: readonly DeliveryRow[]): Promise<Written[]> {
    const known = await organisation();
    if (!known) return deliveries.map(() => ({ ok: false, reason: 'removed' }));
    const sources = { db: db.reader, vault, credentialKeys, organisation: known };
    return lettersFor(sources, deliveries, await db.now());
  }

  async function send(
    delivery: DeliveryRow,
    written: Written,
    { settings, transport }: Route,
  ): Promise<Verdict | Skip> {
    if (!written.ok) return { kind: 'skip', cause: written.reason };
    const from = settings.returnAddress === '' ? settings.from : returnAddress(settings.returnAddress, delivery.id);
    const message: MailOptions = {
      ...messageOf(written.letter, settings, delivery.id),
      envelope: { from, to: [written.letter.to.address] },
    };
    return handOver(transport, message, stopping);
  }

  /** Writes what has gathered; while it writes, more gathers. */
  const outcomes = createGathering<{ delivery: DeliveryRow; verdict: Verdict | Skip }>(
    async (batch) => {
      const save = async (tx: Writer): Promise<void> => {
        const now = await db.now(tx);
        await saveOutcomes(
          tx,
          batch.map(({ delivery, verdict }) => outcomeOf(delivery, verdict, now)),
          now,
        );
        await react(tx, batch);
      };
      await writePatiently(db, save, outageMs);
      for (const { delivery, verdict } of batch) {
        if (verdict.kind === 'back') continue;
        const { id: mail, kind, attempts } = delivery;
        const { kind: status, ...more } = verdict;
        log.info({ mail, mailKind: kind, attempts, status, ...more }, 'mail');
      }
    },
    () => (isSeasoned() ? gatherMs : 0),
  );

  async function react(tx: Writer, batch: readonly { delivery: DeliveryRow; verdict: Verdict | Skip }[]) {
    const verdicts = batch.map(({ verdict }) => verdict);
    if (verdicts.every(({ kind }) => kind === 'back')) return;
    const stop = verdicts.find(({ kind }) => kind === 'stop');
    const unreachable = verdicts.find(({ kind }) => kind === 'unreachable');
    if (stop && 'cause' in stop) {
      way.isShut = true;
      return stopRunning(tx, stop.cause);
    }
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
    const before = way.failures;
    way.isShut = false;
    const isOver = () => stopping.aborted || way.isShut || way.failures !== before;
    const lanes = 2 * route.settings.connections;
    const hand: DeliveryRow[] = [];
    const [settling, onTheWire] = [createUnderway(), createUnderway()];
    const settle = (delivery: DeliveryRow, verdict: Verdict | Skip) =>
      settling.add(outcomes.add({ delivery, verdict }));
    /** Enough for every connection to find its next mail written. */
    const wire = () => (isSeasoned() ? 4 * lanes : lanes);
    const handOut = async () => {
      const group = hand.slice(0, wire() - onTheWire.size());
      const letters = await write(group);
      hand.splice(0, group.length);
      for (const [index, delivery] of group.entries())
        onTheWire.add(send(delivery, letters[index]!, route).then((verdict) => settle(delivery, verdict)));
    };
    try {
      while (!isOver()) {
        const most = Math.max(lanes, isSeasoned() ? handful(route.settings) : 0);
        const free = most - hand.length - onTheWire.size() - settling.size();
        const claimed = free >= most / 2 ? await claim(route.settings, free) : [];
        hand.push(...claimed);
        for (const { mailing_id: id } of claimed) inHand.add(id);
        if (hand.length > 0 && onTheWire.size() <= wire() / 2) await handOut();
        else if (onTheWire.size() + settling.size() > 0) await Promise.race([onTheWire.next(), settling.next()]);
        else if (claimed.length === 0) break;
      }
    } finally {
      // What nobody has begun to send goes back as it came.
      for (const delivery of hand) settle(delivery, { kind: 'back' });
      await onTheWire.all();
      await settling.all();
      inHand.clear();
      await db.write((tx) => passTurn(tx, holder));
    }
    await db.write((tx) => finishMailings(tx));
    // Somebody may have set the mailing going again while what it had in hand went back.
    if (way.isShut) return 0;
    return way.failures === 0 ? idleMs : Math.min(5000 * 2 ** (way.failures - 1), longestPauseMs);
  }

  return { round };
}

/** As many as go out in half a second: a process that is killed leaves no more than these unknown. */
const handful = ({ perMinute }: SmtpSettings): number => Math.min(mostInHand, Math.floor(perMinute / 120));
