// When the postman has anything to do: a server at rest only reads.

import { expect, test } from 'vitest';
import { onBothDatabases } from '../../../../tests/support/databases.ts';
import { admin, anArmedElection } from '../../../../tests/support/elections.ts';
import { actOnMailing, startMailing } from '../domain/mailings.ts';
import { claimDeliveries, hasMailWork } from './deliveries.ts';

onBothDatabases((bench) => {
  test('mails that are due are work while their mailing runs, not while it is paused; an interrupted one always is', async () => {
    const { db } = bench();
    const hasWork = async () => hasMailWork(db.reader, await db.now());
    const { id: electionId } = await anArmedElection(db);
    expect(await hasWork()).toBe(false);
    const started = await startMailing(db, admin, { electionId, kind: 'link' }, { secure: true, mailReady: true });
    if (!started.ok) throw new Error(started.reason);
    const { mailingId } = started;
    expect(await hasWork()).toBe(true);
    await actOnMailing(db, admin, { electionId, mailingId, act: 'pause' });
    expect(await hasWork()).toBe(false);
    await actOnMailing(db, admin, { electionId, mailingId, act: 'resume' });
    expect(await hasWork()).toBe(true);
    const now = await db.now();
    await db.write((tx) => claimDeliveries(db, tx, { now, leaseUntil: now + 1000, most: 100 }));
    await actOnMailing(db, admin, { electionId, mailingId, act: 'pause' });
    expect(await hasWork()).toBe(false);
    bench().clockOffsetMs = 2000;
    expect(await hasWork()).toBe(true);
  });
});
