// The postman is stopped while it has many mails in hand: what was begun is finished or known to be unknown within seconds, the
// rest waits as if never touched, so that another process sends it at once and nobody gets a mail twice.

import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { organisation } from '../../../../tests/support/app.ts';
import { onBothDatabases } from '../../../../tests/support/databases.ts';
import { admin, anArmedElection, vault } from '../../../../tests/support/elections.ts';
import { aMailSink, type MailSink, type SinkWish } from '../../../../tests/support/mail-sink.ts';
import { testKeys } from '../../../../tests/support/verifiable-elections.ts';
import { countDeliveries, listDeliveries, startMailing } from '../domain/mailings.ts';
import { readOrganisation, saveOrganisation } from '../domain/settings.ts';
import type { Database } from '../storage/database.ts';
import { startMailWorker } from './worker.ts';

type Rig = Awaited<ReturnType<typeof aRig>>;

/** A link mail to everybody, and postmen that carry it to whatever mail server is named. */
async function aRig(db: Database, voters: number) {
  await db.write((tx) => saveOrganisation(tx, organisation));
  const { id: electionId } = await anArmedElection(db, { voters });
  const started = await startMailing(db, admin, { electionId, kind: 'link' }, { secure: true, mailReady: true });
  const mailingId = started.ok ? started.mailingId : '';
  const aPostman = (port: number) => {
    const settings = {
      host: '127.0.0.1',
      port,
      username: '',
      password: '',
      from: 'no-reply@example.org',
      replyTo: '',
      verifyTls: true,
      perMinute: 1_000_000,
      connections: 2,
      dkimSelector: '',
      returnAddress: '',
    };
    const worker = startMailWorker({
      db,
      vault,
      credentialKeys: testKeys,
      log: { info: () => {}, error: () => {} },
      organisation: () => readOrganisation(db.reader, {}),
      settings: () => Promise.resolve(settings),
    });
    onTestFinished(() => worker.stop());
    return worker;
  };
  const all = () => countDeliveries(db.reader, mailingId);
  const waiting = () => listDeliveries(db.reader, mailingId, { status: 'queued', limit: voters, offset: 0 });
  return { aPostman, all, waiting };
}

async function aSink(wish: SinkWish): Promise<MailSink> {
  const sink = await aMailSink(wish);
  onTestFinished(() => sink.close());
  return sink;
}

/** Nobody's mail was tried, as far as anybody can tell. */
const expectUntouched = async ({ waiting }: Rig) =>
  expect((await waiting()).filter(({ attempts }) => attempts > 0)).toEqual([]);

onBothDatabases((bench) => {
  test('nothing is left half sent, and the next one sends each of the others once', { timeout: 60_000 }, async () => {
    const voters = 200;
    const rig = await aRig(bench().db, voters);
    const sink = await aSink({ delayMs: 10 });
    const first = rig.aPostman(sink.port);
    await expect.poll(() => sink.taken.length, { timeout: 30_000, interval: 5 }).toBeGreaterThan(60);
    const { sending = 0 } = await rig.all();
    expect(sending).toBeGreaterThan(20); // many in hand
    await first.stop();
    expect(await rig.all()).toEqual({ accepted: sink.taken.length, queued: voters - sink.taken.length });
    await expectUntouched(rig);

    rig.aPostman(sink.port);
    await expect.poll(rig.all, { timeout: 30_000 }).toEqual({ accepted: voters });
    expect(new Set(sink.taken.map(({ to }) => to)).size).toBe(voters);
    expect(sink.taken).toHaveLength(voters);
  });

  test('a mail server that takes mails and says nothing holds up no stop; what it took is not sent again', async () => {
    const voters = 12;
    const rig = await aRig(bench().db, voters);
    const silent = await aSink({ delayMs: 60_000 });
    const first = rig.aPostman(silent.port);
    await expect.poll(() => silent.taken.length, { timeout: 10_000 }).toBe(2);
    const began = performance.now();
    const stopped = first.stop();
    // What nobody has taken up is free at once, before the others are given up.
    await expect.poll(rig.all, { timeout: 3000 }).toEqual({ sending: 2, queued: voters - 2 });
    await stopped;
    expect(performance.now() - began).toBeLessThan(8000); // at nine seconds the process is ended
    expect(await rig.all()).toEqual({ unknown: 2, queued: voters - 2 });
    await expectUntouched(rig);

    const sink = await aSink({});
    rig.aPostman(sink.port);
    await expect.poll(rig.all, { timeout: 30_000 }).toEqual({ unknown: 2, accepted: voters - 2 });
    const everybody = [...silent.taken, ...sink.taken].map(({ to }) => to);
    expect([everybody.length, new Set(everybody).size]).toEqual([voters, voters]);
  });

  test('a mail server that does not even greet leaves everything as it was, at once', async () => {
    const rig = await aRig(bench().db, 8);
    const mute = createServer().listen(0, '127.0.0.1');
    await once(mute, 'listening');
    const connected = once(mute, 'connection');
    onTestFinished(() => void mute.close());
    const first = rig.aPostman((mute.address() as AddressInfo).port);
    const [socket] = (await connected) as [Socket];
    onTestFinished(() => void socket.destroy());
    const began = performance.now();
    await first.stop();
    expect(performance.now() - began).toBeLessThan(3000);
    expect(await rig.all()).toEqual({ queued: 8 });
    await expectUntouched(rig);
  });
});
