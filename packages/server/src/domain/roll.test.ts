import { expect, test } from 'vitest';
import { onBothDatabases } from '../../../../tests/support/databases.ts';
import { admin, anArmedElection, anElection } from '../../../../tests/support/elections.ts';
import { anElectionIn } from '../../../../tests/support/phases.ts';
import { countDeadAddresses, startMailing } from './mailings.ts';
import type { DeliveryRow } from '../storage/deliveries.ts';
import { listMailStates, readRoll, type MailState, type RollFilter, searchWords } from './roll.ts';
import type { MailKind } from '../storage/tables.ts';
import { addVoters } from './voters.ts';

const asked = (filter: Partial<RollFilter> = {}) => ({
  filter: { words: [], ...filter },
  order: 'name' as const,
  descending: false,
  page: 1,
});

onBothDatabases((bench) => {
  test('a search finds parts of name and address without accents and case, and takes % and _ as they are', async () => {
    const { db } = bench();
    const id = await anElection(db, { voters: 0 });
    const names = ['Éluard', '100%', 'a_b', 'axb', 'O\\Neil'];
    await addVoters(
      db,
      admin,
      id,
      names.map((lastName, n) => ({
        lastName,
        firstName: 'Zoé',
        email: `p${n}@example.org`,
        promotion: '',
        building: '',
      })),
    );
    const found = async (text: string) => {
      const { voters, matching } = await readRoll(db.reader, id, asked({ words: searchWords(text) }));
      expect(voters).toHaveLength(matching);
      return voters.map(({ last_name }) => last_name);
    };
    expect(await found('eluard')).toEqual(['Éluard']);
    expect(await found('ZOE p3@')).toEqual(['axb']);
    expect(await found('%')).toEqual(['100%']);
    expect(await found('a_b')).toEqual(['a_b']);
    expect(await found('o\\n')).toEqual(['O\\Neil']);
    expect(await found('nobody')).toEqual([]);
  });

  test('filters and orders agree with each other on both databases; a page that is not there is the nearest', async () => {
    const { db } = bench();
    const { id } = await anElectionIn(db, 'open');
    const ids = async (request: Parameters<typeof readRoll>[2]) =>
      (await readRoll(db.reader, id, request)).voters.map(({ last_name }) => last_name);
    expect(await ids(asked({ voted: true }))).toEqual(['Dupont0']);
    expect(await ids(asked({ voted: false }))).toEqual(['Dupont1', 'Dupont2']);
    expect(await ids(asked({ promotion: 'E1' }))).toEqual(['Dupont1']);
    expect(await ids(asked({ building: null }))).toEqual(['Dupont0', 'Dupont2']);
    expect(await ids(asked({ lockedAt: 1 }))).toEqual([]);
    for (const order of ['name', 'email', 'promotion'] as const)
      expect(await ids({ ...asked(), order, descending: true })).toEqual(['Dupont2', 'Dupont1', 'Dupont0']);
    expect(await readRoll(db.reader, id, { ...asked(), page: 99 })).toMatchObject({ page: 1, pages: 1, matching: 3 });
  });

  test('of each kind of mail the newest says what became of it; alone or with building, promotion, words and vote', async () => {
    const { db } = bench();
    const { id, voters } = await anArmedElection(db, { voters: 4 });
    const ids = voters.map((voter) => voter.id);
    const send = async (kind: MailKind, statuses: readonly DeliveryRow['status'][]) => {
      const voterIds = ids.slice(0, statuses.length);
      const started = await startMailing(
        db,
        admin,
        { electionId: id, kind, voterIds },
        { secure: true, mailReady: true },
      );
      if (!started.ok) throw new Error(started.reason);
      await db.write(async (tx) => {
        for (const [n, status] of statuses.entries())
          await tx
            .updateTable('deliveries')
            .set({ status })
            .where('mailing_id', '=', started.mailingId)
            .where('voter_id', '=', voterIds[n]!)
            .execute();
      });
    };
    await send('link', ['rejected', 'rejected', 'cancelled']);
    await send('link', ['accepted']);
    await send('reminder', ['queued', 'deferred', 'unknown']);
    const found = async (state: MailState, kind?: MailKind, more: Partial<RollFilter> = {}) => {
      const { voters: rows } = await readRoll(db.reader, id, asked({ mail: { state, kind }, ...more }));
      return rows.map((row) => ids.indexOf(row.id));
    };
    expect([await found('none'), await found('none', 'link'), await found('none', 'reminder')]).toEqual([
      [3],
      [2, 3],
      [3],
    ]);
    expect([await found('accepted'), await found('accepted', 'reminder')]).toEqual([[0], []]);
    expect([await found('rejected'), await found('rejected', 'link')]).toEqual([[1], [1]]);
    expect([await found('waiting'), await found('deferred'), await found('unknown')]).toEqual([[0], [1], [2]]);
    expect(await found('rejected', 'link', { promotion: 'E1', words: ['dupont1'], voted: false })).toEqual([1]);
    for (const more of [{ promotion: 'E0' }, { words: ['dupont2'] }, { voted: true }])
      expect(await found('rejected', 'link', more)).toEqual([]);
    const newest = await listMailStates(db.reader, ids);
    const statesOf = (n: number) => Object.fromEntries(newest.get(ids[n]!) ?? []);
    expect(statesOf(0)).toEqual({ link: 'accepted', reminder: 'queued' });
    expect([statesOf(1), statesOf(3)]).toEqual([{ link: 'rejected', reminder: 'deferred' }, {}]);

    // Refused is not yet without an address, and who was refused and took a mail since has one.
    expect(await found('dead')).toEqual([]);
    const rejected = { cause: 'no-such-address', changed_at: 1 };
    await db.write(async (tx) => {
      await tx.updateTable('deliveries').set(rejected).where('status', '=', 'rejected').execute();
    });
    expect([await found('dead'), await found('dead', 'reminder')]).toEqual([[1], [1]]);
    expect([await found('dead', undefined, { voted: true }), await countDeadAddresses(db.reader, id)]).toEqual([[], 1]);
  });
});
