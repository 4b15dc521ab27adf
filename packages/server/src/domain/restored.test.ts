// What a restored instance has forgotten of the moment at which its backup was taken.

import { expect, test } from 'vitest';
import { anAccount } from '../../../../tests/support/app.ts';
import { onBothDatabases } from '../../../../tests/support/databases.ts';
import { issueAccountLink, issueMailedLink, readAccountLink } from './account-links.ts';
import { settleRestored } from './restored.ts';
import { readSession, startSession } from './sessions.ts';

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
    await db.write((tx) => settleRestored(db, tx, { takenAt: now, rows: 1 }));
    expect(await doors()).toEqual(Array(3).fill(undefined));
  });
});
