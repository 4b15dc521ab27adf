// One round of the postman after another: takes due deliveries from the outbox, writes `sending` before SMTP speaks, and the
// outcome after, which brings the next ones in the same commit. Right with one process or ten: a row belongs to whoever wrote
// `sending`; a lease that runs out leaves it unknown, and unknown is never sent by itself.

import type { CredentialKeys } from '../domain/credential-keys.ts';
import type { Organisation } from '../domain/settings.ts';
import type { Vault } from '../domain/vault.ts';
import type { Database, Writer } from '../storage/database.ts';
import type { Instant } from '../storage/tables.ts';
import {
  claimDeliveries,
  countSettled,
  type DeliveryRow,
  expireLeases,
  hasMailWork,
  type Outcome,
  saveOutcomes,
} from '../storage/deliveries.ts';
import {
  countPace,
  finishMailings,
  listRunning,
  lockCancelled,
  markWaiting,
  passTurn,
  stopRunning,
  takePace,
  updateMailing,
} from '../storage/mailings.ts';
import { carry } from './carrying.ts';
import { messageOf } from './compose.ts';
import { judgeFirst } from './first-mails.ts';
import { lettersFor, type Wording, type Written } from './letters.ts';
import { createMemory } from './memory.ts';
import { ofCancelled, outcomeOf, type Settled, waitsAgain } from './settlement.ts';
import { writePatiently } from './patience.ts';
import { returnAddress } from './return-address.ts';
import type { Sender } from './sender.ts';
import type { MailOptions, SmtpSettings } from './smtp.ts';

const minute = 60_000;
/** Longer than any sending may take. */
const leaseMs = 5 * minute;
/** So long a database that is away is waited for: what became of a mail is known, and is not to be called unknown. */
const outageMs = minute;
export const idleMs = 1000;
const longestPauseMs = 5 * minute;
const mostInHand = 250;
/** So long outcomes gather for a commit. They count as in hand: a process that is killed leaves no more unknown for it. */
const gatherMs = 100;

export interface MailLog {
  info(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface PostDeps {
  readonly db: Database;
  readonly vault: Vault;
  readonly credentialKeys: CredentialKeys;
  readonly log: MailLog;
  readonly organisation: () => Promise<Organisation | undefined>;
}

export interface Route {
  readonly settings: SmtpSettings;
  readonly sender: Sender;
}

/** Milliseconds until the next round. */
type Rest = number;

export function createPost({ db, vault, credentialKeys, log, organisation }: PostDeps, stopping: AbortSignal) {
  const holder = crypto.randomUUID();
  const [wordings, organisations] = [createMemory<Wording>(), createMemory<Organisation | undefined>()];
  const seasoned = new Set<string>();
  const inHand = new Set<string>();
  /** The first mails of a mailing go out a few at a time: it may have to stop. */
  const isSeasoned = () => inHand.size > 0 && [...inHand].every((id) => seasoned.has(id));
  /** How many rounds in a row the mail server could not be reached. */
  const way = { failures: 0, isShut: false };

  async function claim(tx: Writer, now: Instant, { perMinute }: SmtpSettings, wished: number): Promise<DeliveryRow[]> {
    if (wished === 0) return [];
    const allowed = await takePace(tx, { now, perMinute, wished, holder });
    if (allowed === 0) return [];
    const claimed = await claimDeliveries(db, tx, { now, leaseUntil: now + leaseMs, most: allowed });
    if (claimed.length > 0) await countPace(tx, now, claimed.length);
    for (const { mailing_id: id } of claimed) inHand.add(id);
    return claimed;
  }

  /** When a connection is about to be free. What was paused or cancelled since it was taken is not written. */
  async function write(deliveries: readonly DeliveryRow[]): Promise<(Written | undefined)[]> {
    const running = await listRunning(db.reader, [...new Set(deliveries.map((delivery) => delivery.mailing_id))]);
    const due = deliveries.filter((delivery) => running.has(delivery.mailing_id));
    const letters = (await lettersOf(due)).values();
    return deliveries.map((delivery) => (running.has(delivery.mailing_id) ? letters.next().value : undefined));
  }

  async function lettersOf(deliveries: readonly DeliveryRow[]): Promise<Written[]> {
    const known = await organisations.recall('', organisation);
    if (!known) return deliveries.map(() => ({ ok: false, reason: 'removed' }));
    const sources = { db, vault, credentialKeys, organisation: known };
    return lettersFor(sources, deliveries, await db.now(), wordings);
  }

  async function send(
    delivery: DeliveryRow,
    written: Written,
    { settings, sender }: Route,
  ): Promise<Settled['verdict']> {
    if (!written.ok) return { kind: 'skip', cause: written.reason };
    const from = settings.returnAddress === '' ? settings.from : returnAddress(settings.returnAddress, delivery.id);
    const message: MailOptions = {
      ...messageOf(written.letter, settings, delivery.id),
      envelope: { from, to: [written.letter.to.address] },
    };
    return sender.send(message);
  }

  /** Writes what became of mails and, in the same commit, takes the next ones: `free` says how many. */
  async function conclude(
    batch: readonly Settled[],
    settings: SmtpSettings,
    free: () => number,
  ): Promise<DeliveryRow[]> {
    const save = async (tx: Writer): Promise<DeliveryRow[]> => {
      const now = await db.now(tx);
      await saveOutcomes(tx, await outcomesOf(tx, batch, now), now);
      await react(tx, batch);
      return claim(tx, now, settings, free());
    };
    const claimed = await writePatiently(db, save, outageMs);
    for (const { delivery, verdict } of batch) {
      if (verdict.kind === 'back') continue;
      const { id: mail, kind, attempts } = delivery;
      const { kind: status, ...more } = verdict;
      log.info({ mail, mailKind: kind, attempts, status, ...more }, 'mail');
    }
    return claimed;
  }

  async function outcomesOf(tx: Writer, batch: readonly Settled[], now: Instant): Promise<Outcome[]> {
    const outcomes = batch.map((settled) => outcomeOf(settled, now));
    if (!outcomes.some(waitsAgain)) return outcomes;
    const cancelled = await lockCancelled(db, tx, [...new Set(batch.map(({ delivery }) => delivery.mailing_id))]);
    return outcomes.map((outcome, index) =>
      cancelled.has(batch[index]!.delivery.mailing_id) ? ofCancelled(outcome) : outcome,
    );
  }

  async function react(tx: Writer, batch: readonly Settled[]) {
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
      const judged = judgeFirst(await countSettled(tx, id), batch.length);
      if (judged === 'stop') await updateMailing(tx, id, { state: 'stopped', why: 'most-refused' });
      if (judged !== 'look-on') seasoned.add(id);
    }
  }

  async function round(routeOf: () => Promise<Route | undefined>): Promise<Rest> {
    if (!(await hasMailWork(db.reader, await db.now()))) return idleMs;
    await db.write(async (tx) => void (await expireLeases(tx, await db.now(tx))));
    const route = await routeOf();
    if (!route) {
      await db.write((tx) => finishMailings(tx));
      return idleMs;
    }
    const before = way.failures;
    way.isShut = false;
    let isOutdated = false;
    const { settings } = route;
    const lanes = 2 * settings.connections;
    const isBroken = () => route.sender.broken() !== undefined;
    try {
      await carry({
        lanes,
        most: () => Math.max(lanes, isSeasoned() ? handful(settings) : 0),
        gatherMs: () => (isSeasoned() ? gatherMs : 0),
        isOver: () => stopping.aborted || way.isShut || isOutdated || isBroken() || way.failures !== before,
        take: async (wished) => {
          const taken = await db.write(async (tx) => claim(tx, await db.now(tx), settings, wished));
          // Somebody may have corrected the settings just before they let a mailing go on that had stopped for them.
          isOutdated = taken.length > 0 && (await routeOf()) !== route;
          return taken;
        },
        write,
        send: (delivery, written) => send(delivery, written, route),
        conclude: (batch, free) => conclude(batch, settings, free),
      });
    } finally {
      inHand.clear();
      await db.write((tx) => passTurn(tx, holder));
    }
    await db.write((tx) => finishMailings(tx));
    if (isBroken() && !isOutdated)
      log.error({ error: route.sender.broken() }, 'The thread that hands mails over broke.');
    // Somebody may have set the mailing going again while what it had in hand went back.
    if (way.isShut || isOutdated) return 0;
    return way.failures === 0 ? idleMs : Math.min(5000 * 2 ** (way.failures - 1), longestPauseMs);
  }

  return { round };
}

/** As many as go out in half a second: a process that is killed leaves no more than these unknown. */
const handful = ({ perMinute }: SmtpSettings): number => Math.min(mostInHand, Math.floor(perMinute / 120));
