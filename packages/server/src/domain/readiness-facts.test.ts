import { expect, test } from 'vitest';
import { onBothDatabases } from '../../../../tests/support/databases.ts';
import { admin, anArmedElection, anElection } from '../../../../tests/support/elections.ts';
import type { Database } from '../storage/database.ts';
import { markHandedOut, readElection } from './elections.ts';
import { recordMailTest } from './mail-trials.ts';
import { startMailing } from './mailings.ts';
import { recordPossession } from './possessions.ts';
import type { TaskId } from './readiness.ts';
import { readReadiness, type Surroundings } from './readiness-facts.ts';
import { dayOf } from './wall-clock.ts';

const server = { host: 'mail.example.org', from: 'vote@example.org', username: 'vote' };
const conditions = { secure: true, mailReady: true };

async function taskOf(db: Database, id: string, task: TaskId, mailServer?: Surroundings['mailServer']) {
  const election = (await readElection(db.reader, id))!;
  const tasks = await readReadiness(db.reader, election, { now: await db.now(), secure: true, mailServer });
  return tasks.find((each) => each.id === task)!;
}
const stateOf = async (...asked: Parameters<typeof taskOf>) => (await taskOf(...asked)).state;

onBothDatabases((bench) => {
  test('mails count as tried once the server that is set has taken a test, until another one is set', async () => {
    const { db } = bench();
    const id = await anElection(db);
    expect(await stateOf(db, id, 'mails', server)).toBe('todo');
    await recordMailTest(db, admin, server);
    expect(await stateOf(db, id, 'mails', server)).toBe('completed');
    expect(await stateOf(db, id, 'mails', { ...server, from: 'other@example.org' })).toBe('todo');
    expect(await stateOf(db, id, 'mails')).toBe('todo');
  });

  test('buildings are done once somebody belongs to one', async () => {
    const { db } = bench();
    const [nobody, somebody] = [await anElection(db, { voters: 1 }), await anElection(db, { voters: 2 })];
    expect([await stateOf(db, nobody, 'buildings'), await stateOf(db, nobody, 'voters')]).toEqual([
      'todo',
      'completed',
    ]);
    expect(await stateOf(db, somebody, 'buildings')).toBe('completed');
  });

  test('links are given once every voter was sent theirs, or the sheets are handed out', async () => {
    const { db } = bench();
    const [mailed, printed] = [(await anArmedElection(db)).id, (await anArmedElection(db)).id];
    expect(await stateOf(db, mailed, 'links')).toBe('todo');
    await startMailing(db, admin, { electionId: mailed, kind: 'link' }, conditions);
    expect(await stateOf(db, mailed, 'links')).toBe('completed');
    expect(await stateOf(db, printed, 'links')).toBe('todo');
    await markHandedOut(db, admin, printed);
    expect(await stateOf(db, printed, 'links')).toBe('completed');
  });

  test('the step of arming carries the day on which the key was last proven', async () => {
    const { db } = bench();
    const { id, context } = await anArmedElection(db);
    await recordPossession(db, admin, id, { fingerprint: context.fingerprint, possessionProven: true });
    const { zone } = (await readElection(db.reader, id))!;
    expect((await taskOf(db, id, 'arm')).proof).toEqual({ day: dayOf(await db.now(), zone), again: true });
    expect((await taskOf(db, await anElection(db), 'arm')).proof).toBeUndefined();
  });
});
