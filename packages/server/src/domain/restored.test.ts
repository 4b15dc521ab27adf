// What a restored instance has forgotten of the moment at which its backup was taken.

import { expect, test } from 'vitest';
import { anAccount } from '../../../../tests/support/app.ts';
import { onBothDatabases } from '../../../../tests/support/databases.ts';
import { anElection, vault } from '../../../../tests/support/elections.ts';
import { issueAccountLink, issueMailedLink, readAccountLink } from './account-links.ts';
import { openAccesses, readHolder } from './links.ts';
import { settleRestored } from './restored.ts';
import { readSession, startSession } from './sessions.ts';
import { listVoterIds } from '../storage/voters.ts';

onBothDatabases((bench) => {
  test('sessions and one-time links of the backup, which may have been used since, let nobody in', async () => {
    const { db } = bench();
    const { id } = await anAccount(db, 'admin', 'Ada Admin');
    const session = await startSession(db, id);
    const now = await db.now();
    const [handed, mailed] = await db.write(async (tx) => [
      await issueAccountLink(tx, id, now),
      await issueMailedLink(tx, id, now),
    ]);
    const doors = async () => [
      await readAccountLink(db, handed.token),
      await readAccountLink(db, mailed.token),
      await readSession(db, session),
    ];
    expect(await doors()).toEqual(Array(3).fill(expect.anything()));
    await db.write((tx) => settleRestored(db, tx, vault, { takenAt: now, rows: 1 }));
    expect(await doors()).toEqual(Array(3).fill(undefined));
  });

  test('a link that was mailed after the backup leads to its voter again, before anybody is written to', async () => {
    const { db } = bench();
    const [id] = await listVoterIds(db.reader, await anElection(db, { voters: 1 }));
    const mailed = (await openAccesses(db, vault, [id!])).get(id!)!;
    await db.write(async (tx) => {
      await tx.deleteFrom('links').where('voter_id', '=', id!).execute(); // the backup knows of none
      await tx.deleteFrom('codes').where('voter_id', '=', id!).execute();
    });
    expect(await readHolder(db.reader, vault, mailed.link)).toEqual({ ok: false, reason: 'unknown-link' });
    await db.write(async (tx) => settleRestored(db, tx, vault, { takenAt: await db.now(tx), rows: 1 }));
    expect(await readHolder(db.reader, vault, mailed.link)).toMatchObject({ ok: true, holder: { voter_id: id! } });
    expect((await openAccesses(db, vault, [id!])).get(id!)).toEqual(mailed);
  });
});
