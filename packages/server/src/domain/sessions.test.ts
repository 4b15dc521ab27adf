import { beforeAll, expect, test } from 'vitest';
import { onBothDatabases, type TestBench } from '../../../../tests/support/databases.ts';
import { insertAccount } from '../storage/accounts.ts';
import { endSession, readSession, sessionLimits, startSession } from './sessions.ts';

const minute = 60_000;

onBothDatabases((bench) => {
  beforeAll(async () => {
    for (const [id, role] of [['ada', 'admin'] as const, ['otto', 'observer'] as const])
      await bench().db.write((tx) =>
        insertAccount(tx, {
          id,
          role,
          email: `${id}@example.org`,
          email_key: `${id}@example.org`,
          name: id,
          password_hash: '',
          created_at: 0,
        }),
      );
  });

  const after = (at: TestBench, ms: number, token: string) => {
    at.clockOffsetMs = ms;
    return readSession(at.db, token);
  };

  test('a session says who it is, with a password just confirmed', async () => {
    const { db } = bench();
    const token = await startSession(db, 'ada');
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(await readSession(db, token)).toEqual({ accountId: 'ada', name: 'ada', role: 'admin', confirmed: true });
    expect(await readSession(db, await startSession(db, 'otto'))).toMatchObject({ role: 'observer' });
  });

  test('the token itself is nowhere in the database', async () => {
    const { db } = bench();
    const token = await startSession(db, 'ada');
    const rows = await db.reader.selectFrom('sessions').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  test('texts that are no token of a session are nobody', async () => {
    const { db } = bench();
    const token = await startSession(db, 'ada');
    for (const text of ['', 'x', token.toLowerCase(), `${token} `, token.slice(1)])
      expect(await readSession(db, text)).toBeUndefined();
  });

  test('an idle session ends after an hour, one in use does not', async () => {
    const at = bench();
    const [idle, used] = [await startSession(at.db, 'ada'), await startSession(at.db, 'ada')];
    expect(await after(at, sessionLimits.idleMs - minute, used)).toBeDefined();
    expect(await after(at, sessionLimits.idleMs + minute, used)).toBeDefined();
    expect(await after(at, sessionLimits.idleMs + minute, idle)).toBeUndefined();
  });

  test('no session lasts longer than twelve hours, however it is used and confirmed', async () => {
    const at = bench();
    let token = await startSession(at.db, 'ada');
    for (let ms = 0; ms < sessionLimits.absoluteMs; ms += sessionLimits.idleMs / 2) {
      expect(await after(at, ms, token)).toBeDefined();
      token = await startSession(at.db, 'ada', { replaced: token });
    }
    expect(await after(at, sessionLimits.absoluteMs + minute, token)).toBeUndefined();
  });

  test('whoever logs in again with the cookie of an expired session has a session', async () => {
    const at = bench();
    const idle = await startSession(at.db, 'ada');
    at.clockOffsetMs = sessionLimits.absoluteMs + minute;
    const again = await startSession(at.db, 'ada', { replaced: idle });
    expect(await readSession(at.db, again)).toMatchObject({ accountId: 'ada', confirmed: true });
    expect(await after(at, sessionLimits.absoluteMs + 40 * minute, again)).toBeDefined();
  });

  test('a confirmation counts for a quarter of an hour and changes the token', async () => {
    const at = bench();
    const first = await startSession(at.db, 'ada');
    expect(await after(at, sessionLimits.confirmedMs - minute, first)).toMatchObject({ confirmed: true });
    expect(await after(at, sessionLimits.confirmedMs + minute, first)).toMatchObject({ confirmed: false });
    const second = await startSession(at.db, 'ada', { replaced: first });
    expect(await readSession(at.db, first)).toBeUndefined();
    expect(await readSession(at.db, second)).toMatchObject({ confirmed: true });
  });

  test('the session of another account, left on the same machine, gives nothing to the next', async () => {
    const { db } = bench();
    const left = await startSession(db, 'ada');
    const next = await startSession(db, 'otto', { replaced: left });
    expect(await readSession(db, left)).toBeUndefined();
    expect(await readSession(db, next)).toMatchObject({ accountId: 'otto', role: 'observer' });
  });

  test('logging out ends this session and no other', async () => {
    const { db } = bench();
    const [one, two] = [await startSession(db, 'ada'), await startSession(db, 'ada')];
    await endSession(db, one);
    await endSession(db, one);
    expect(await readSession(db, one)).toBeUndefined();
    expect(await readSession(db, two)).toBeDefined();
  });

  test('sessions that ended are removed at the next login', async () => {
    const at = bench();
    await startSession(at.db, 'ada');
    at.clockOffsetMs = 2 * sessionLimits.absoluteMs;
    await startSession(at.db, 'ada');
    expect(await at.db.reader.selectFrom('sessions').selectAll().execute()).toHaveLength(1);
  });
});
