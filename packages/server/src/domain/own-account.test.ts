import { expect, test } from 'vitest';
import { anAccount, password } from '../../../../tests/support/app.ts';
import { onBothDatabases, type TestBench } from '../../../../tests/support/databases.ts';
import { vault } from '../../../../tests/support/elections.ts';
import { issueAccountLink, issueMailedLink, readAccountLink } from './account-links.ts';
import { logIn } from './accounts.ts';
import { changePassword, renameOwnAccount } from './own-account.ts';
import { endOwnSessions, listOwnSessions } from './own-sessions.ts';
import type { Member } from './scopes.ts';
import { readSession, sessionLimits, startSession } from './sessions.ts';

const address = '192.0.2.7';

onBothDatabases((bench) => {
  async function aMember(at: TestBench) {
    const account = await anAccount(at.db, 'technician', 'Tess');
    return { account, actor: { accountId: account.id } as Member };
  }
  const change = (at: TestBench, actor: Member, current: string, next: string) =>
    changePassword(at.db, vault, actor, { current, password: next, address });

  test('a new password needs the present one, and ends every session', async () => {
    const at = bench();
    const { account, actor } = await aMember(at);
    const session = await startSession(at.db, account.id);
    expect(await change(at, actor, 'not this one', 'another long password')).toMatchObject({ reason: 'wrong-login' });
    expect(await readSession(at.db, session)).toBeDefined();
    expect(await change(at, actor, password, 'another long password')).toMatchObject({ ok: true });
    expect(await readSession(at.db, session)).toBeUndefined();
    const tryTo = (typed: string) => logIn(at.db, vault, { email: account.email, password: typed, address });
    expect(await tryTo(password)).toMatchObject({ reason: 'wrong-login' });
    expect(await tryTo('another long password')).toMatchObject({ ok: true });
  });

  test('a new password voids the links to choose another one, mailed or handed over', async () => {
    const at = bench();
    const { account, actor } = await aMember(at);
    const links = await at.db.write(async (tx) => {
      const now = await at.db.now(tx);
      return [await issueAccountLink(tx, account.id, now), await issueMailedLink(tx, account.id, now)];
    });
    await change(at, actor, 'not this one', 'another long password');
    for (const { token } of links) expect(await readAccountLink(at.db, token)).toBeDefined();
    await change(at, actor, password, 'another long password');
    for (const { token } of links) expect(await readAccountLink(at.db, token)).toBeUndefined();
  });

  test('whoever guesses the present password is slowed', async () => {
    const at = bench();
    const { actor } = await aMember(at);
    for (let n = 0; n < 5; n++) await change(at, actor, `guess ${n}`, 'another long password');
    expect(await change(at, actor, password, 'another long password')).toMatchObject({ reason: 'login-paused' });
  });

  test('one sees one’s own sessions only, and ends one or all the others', async () => {
    const at = bench();
    const [{ account, actor }, other] = [await aMember(at), await aMember(at)];
    const foreign = await startSession(at.db, other.account.id);
    const own = await startSession(at.db, account.id, { device: 'Firefox, Linux' });
    const [second, third] = [await startSession(at.db, account.id), await startSession(at.db, account.id)];
    const listed = await listOwnSessions(at.db, actor, own);
    expect(listed).toHaveLength(3);
    expect(listed.filter(({ current }) => current)).toMatchObject([{ device: 'Firefox, Linux' }]);
    expect(JSON.stringify(listed)).not.toContain(own);
    const [stranger] = await listOwnSessions(at.db, other.actor, '');
    await endOwnSessions(at.db, actor, { id: stranger!.id });
    expect(await readSession(at.db, foreign)).toBeDefined();
    const [latest] = await listOwnSessions(at.db, actor, second);
    await endOwnSessions(at.db, actor, { id: latest!.id });
    expect(await listOwnSessions(at.db, actor, own)).toHaveLength(2);
    await endOwnSessions(at.db, actor, { othersThan: own });
    expect(await readSession(at.db, own)).toBeDefined();
    for (const token of [second, third]) expect(await readSession(at.db, token)).toBeUndefined();
    at.clockOffsetMs = sessionLimits.idleMs + 1000;
    expect(await listOwnSessions(at.db, actor, own)).toEqual([]);
  });

  test('the log knows who changed what, and no name', async () => {
    const at = bench();
    const { account, actor } = await aMember(at);
    await renameOwnAccount(at.db, actor, 'Tess Two');
    await change(at, actor, password, 'another long password');
    const rows = await at.db.reader.selectFrom('audit_log').selectAll().where('actor', '=', account.id).execute();
    expect(rows.map(({ action }) => action)).toEqual(['user-edited', 'password-changed']);
    expect(JSON.stringify(rows)).not.toContain('Tess');
  });
});
