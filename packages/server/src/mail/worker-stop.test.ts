// The postman is stopped while it has many mails in hand: what was begun is finished, the rest waits as if never touched.

import { expect, onTestFinished, test } from 'vitest';
import { organisation } from '../../../../tests/support/app.ts';
import { onBothDatabases } from '../../../../tests/support/databases.ts';
import { admin, anArmedElection, vault } from '../../../../tests/support/elections.ts';
import { aMailSink } from '../../../../tests/support/mail-sink.ts';
import { testKeys } from '../../../../tests/support/verifiable-elections.ts';
import { countDeliveries, listDeliveries, startMailing } from '../domain/mailings.ts';
import { readOrganisation, saveOrganisation } from '../domain/settings.ts';
import { startMailWorker } from './worker.ts';

const voters = 200;

onBothDatabases((bench) => {
  test('nothing is left half sent, and the next one sends each of the others once', { timeout: 60_000 }, async () => {
    const { db } = bench();
    await db.write((tx) => saveOrganisation(tx, organisation));
    const { id: electionId } = await anArmedElection(db, { voters });
    const sink = await aMailSink({ delayMs: 10 });
    onTestFinished(() => sink.close());
    const settings = {
      host: '127.0.0.1',
      port: sink.port,
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
    const aPostman = () => {
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
    const started = await startMailing(db, admin, { electionId, kind: 'link' }, { secure: true, mailReady: true });
    const mailingId = started.ok ? started.mailingId : '';

    const first = aPostman();
    await expect.poll(() => sink.taken.length, { timeout: 30_000, interval: 5 }).toBeGreaterThan(60);
    const { sending = 0 } = await countDeliveries(db.reader, mailingId);
    expect(sending).toBeGreaterThan(20); // many in hand
    await first.stop();
    const counts = await countDeliveries(db.reader, mailingId);
    expect(counts).toEqual({ accepted: sink.taken.length, queued: voters - sink.taken.length });
    const rows = await listDeliveries(db.reader, mailingId, { status: 'queued', limit: voters, offset: 0 });
    expect(rows.filter(({ attempts }) => attempts > 0)).toEqual([]);

    aPostman();
    const all = () => countDeliveries(db.reader, mailingId);
    await expect.poll(all, { timeout: 30_000 }).toEqual({ accepted: voters });
    expect(new Set(sink.taken.map(({ to }) => to)).size).toBe(voters);
    expect(sink.taken).toHaveLength(voters);
  });
});
