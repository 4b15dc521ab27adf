// kill -9 of the postman, ten times, while a mail server delays, defers, refuses and cuts connections off: nobody gets a mail
// twice except those listed as unknown who were sent theirs again by hand, and the totals add up.

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  countDeliveries,
  findMailing,
  listDeliveries,
  startMailing,
} from '../../packages/server/src/domain/mailings.ts';
import { saveOrganisation } from '../../packages/server/src/domain/settings.ts';
import { organisation } from '../support/app.ts';
import { bothKinds } from '../support/databases.ts';
import { admin, anElection, hour } from '../support/elections.ts';
import { aMailSink, type MailSink, type Manner } from '../support/mail-sink.ts';
import { anInstance, type Instance, looking } from '../support/instances.ts';

const kills = 10;
const voters = 1000;
/** Longer than a lease: what a killed process was sending is known to be unknown by the next one. */
const aheadPerKill = 6 * 60_000;
const patienceMs = 60_000;
const conditions = { secure: true, mailReady: true };

const numberOf = (address: string): number => Number(/\d+/.exec(address)?.[0]);

const isRefused = (n: number): boolean => n % 20 === 3 || n % 100 === 7;

/** By the voter's number; what defers or cuts off does so once. */
function temperOf(n: number, tries: number): Manner {
  if (n % 20 === 3) return 'refuse';
  if (n % 100 === 7) return 'mailbox-full';
  if (tries > 1) return 'take';
  if (n % 10 === 5) return 'defer';
  if (n % 50 === 11) return 'drop-after';
  return n % 50 === 13 ? 'drop-before' : 'take';
}

async function aMoodySink(): Promise<MailSink> {
  const tries = new Map<string, number>();
  const temper = new Map<string, Manner>();
  const sink = await aMailSink({
    delayMs: 5,
    // Asked once when the address is named and once when the mail is there: the first counts.
    manner: (address, isNamed) => {
      if (isNamed) tries.set(address, (tries.get(address) ?? 0) + 1);
      if (isNamed) temper.set(address, temperOf(numberOf(address), tries.get(address) ?? 1));
      return temper.get(address) ?? 'take';
    },
  });
  onTestFinished(() => sink.close());
  return sink;
}

async function aPostman({ address }: Instance, port: number, ahead: number): Promise<ChildProcess> {
  const where = address.kind === 'sqlite' ? address.path : address.url;
  const child = fork(
    join(import.meta.dirname, '../support/postman-child.ts'),
    [address.kind, where, String(port), String(ahead)],
    { execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] }, // nothing that would keep the parent waiting
  );
  onTestFinished(() => kill(child));
  await once(child, 'message', { signal: AbortSignal.timeout(patienceMs) });
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit', { signal: AbortSignal.timeout(patienceMs) });
  child.kill('SIGKILL');
  await exit;
}

async function until(what: string, isSo: () => boolean | Promise<boolean>, everyMs = 2): Promise<void> {
  const end = performance.now() + patienceMs;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`This took too long: ${what}.`);
    await pause(everyMs);
  }
}

/** Kills one after the other while mails go out, then lets the last one finish. How far ahead its clock is. */
async function carryWithKills(instance: Instance, sink: MailSink, mailingId: string): Promise<number> {
  for (let n = 0; n < kills; n++) {
    const child = await aPostman(instance, sink.port, n * aheadPerKill);
    const enough = sink.taken.length + 40 + 3 * n;
    await until(`${enough} mails before kill ${n + 1}`, () => sink.taken.length >= enough);
    await kill(child);
  }
  return carryOn(instance, sink, mailingId, kills * aheadPerKill);
}

async function carryOn(instance: Instance, sink: MailSink, mailingId: string, ahead: number): Promise<number> {
  for (let later = ahead; ; later += aheadPerKill) {
    const child = await aPostman(instance, sink.port, later);
    const { isOver, isDeferred } = await settled(instance, mailingId);
    await kill(child);
    if (isOver) return later;
    if (!isDeferred || later > ahead + hour) throw new Error('The mailing does not end.');
  }
}

/** Until the mailing is over, or only waits for later. */
async function settled(instance: Instance, mailingId: string) {
  let [isOver, isDeferred] = [false, false];
  await until(
    'the mailing to end',
    () =>
      looking(instance, async (db) => {
        const counts = await countDeliveries(db.reader, mailingId);
        isOver = (await findMailing(db.reader, mailingId))?.state === 'finished';
        isDeferred = (counts.queued ?? 0) + (counts.sending ?? 0) === 0 && (counts.deferred ?? 0) > 0;
        return isOver || isDeferred;
      }),
    200,
  );
  return { isOver, isDeferred };
}

const rowsOf = (instance: Instance, mailingId: string) =>
  looking(instance, (db) => listDeliveries(db.reader, mailingId, { limit: voters, offset: 0 }));

describe.each(bothKinds)('%s', (kind) => {
  test(
    `${voters} mails, ${kills} kills: each once, or unknown; what is sent again by hand is the only second one`,
    { timeout: 300_000 },
    async () => {
      const instance = await anInstance(kind);
      const sink = await aMoodySink();
      const { electionId, mailingId } = await looking(instance, async (db) => {
        await db.write((tx) => saveOrganisation(tx, organisation));
        const id = await anElection(db, { voters, opensIn: 24 * hour, closesIn: 48 * hour });
        const started = await startMailing(db, admin, { electionId: id, kind: 'invitation' }, conditions);
        if (!started.ok) throw new Error(started.reason);
        return { electionId: id, mailingId: started.mailingId };
      });
      const ahead = await carryWithKills(instance, sink, mailingId);

      const got = () => Map.groupBy(sink.taken, ({ to }) => to);
      const rows = await rowsOf(instance, mailingId);
      const by = Map.groupBy(rows, ({ status }) => status);
      expect([...by.keys()].toSorted()).toEqual(['accepted', 'rejected', 'unknown']);
      expect(rows).toHaveLength(voters);
      for (const { email } of by.get('accepted')!) expect(got().get(email), email).toHaveLength(1);
      for (const { email } of by.get('rejected')!) expect(got().has(email), email).toBe(false);
      for (const { email } of by.get('unknown')!) expect(got().get(email)?.length ?? 0, email).toBeLessThan(2);
      for (const { email } of rows.filter((row) => isRefused(numberOf(row.email))))
        expect(got().has(email), email).toBe(false);
      const cutOff = rows.filter(({ email }) => [11, 13].includes(numberOf(email) % 50)).length;
      // Everything that was cut off, and at most what each killed process had in its hands.
      expect(by.get('unknown')!.length).toBeGreaterThan(cutOff / 2);
      expect(by.get('unknown')!.length).toBeLessThan(cutOff + kills * 11);

      const unknown = by.get('unknown')!;
      const arrived = sink.taken.length;
      expect(arrived).toBe(by.get('accepted')!.length + unknown.filter(({ email }) => got().has(email)).length);
      const resent = await looking(instance, async (db) => {
        const voterIds = unknown.map(({ voter_id }) => voter_id);
        const started = await startMailing(db, admin, { electionId, kind: 'invitation', voterIds }, conditions);
        if (!started.ok) throw new Error(started.reason);
        return started.mailingId;
      });
      await carryOn(instance, sink, resent, ahead + aheadPerKill);
      const again = new Set(unknown.map(({ email }) => email));
      for (const [email, mails] of got()) expect(mails.length, email).toBeLessThanOrEqual(again.has(email) ? 2 : 1);
      const second = await rowsOf(instance, resent);
      expect(second.map(({ email }) => email).toSorted()).toEqual([...again].toSorted());
      // Some never reached the server the first time, and were cut off at the second.
      const count = (status: string) => second.filter((row) => row.status === status).length;
      expect(sink.taken.length - arrived).toBeGreaterThanOrEqual(count('accepted'));
      expect(sink.taken.length - arrived).toBeLessThanOrEqual(count('accepted') + count('unknown'));
      expect(count('accepted') + count('unknown') + count('rejected')).toBe(unknown.length);
    },
  );
});
