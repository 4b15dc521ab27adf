import { expect, test } from 'vitest';
import { anAccount } from '../../../../tests/support/app.ts';
import { onBothDatabases, type TestBench } from '../../../../tests/support/databases.ts';
import { vault } from '../../../../tests/support/elections.ts';
import { findAccount, listAccounts } from '../storage/accounts.ts';
import { accountLinkHours, choosePassword, issueMailedLink, readAccountLink } from './account-links.ts';
import { logIn } from './accounts.ts';
import type { ConfirmedAdmin } from './scopes.ts';
import { readSession, startSession } from './sessions.ts';
import { addUser, editUser, endUserSessions, removeUser, renewUserLink } from './users.ts';

const hour = 3_600_000;
const password = 'correct horse battery';
const scope = (accountId: string) => ({ accountId }) as ConfirmedAdmin;

onBothDatabases((bench) => {
  const admin = async (at: TestBench) => scope((await anAccount(at.db, 'admin', 'Ada')).id);
  const draft = () => ({ name: 'Otto', email: `${crypto.randomUUID()}@Example.org`, role: 'observer' as const });
  const actions = async ({ db }: TestBench, subject: string) => {
    const entries = db.reader.selectFrom('audit_log').selectAll().where('subject', '=', subject).orderBy('position');
    return (await entries.execute()).map(({ action, actor, details }) => ({ action, actor, details }));
  };
  async function added(at: TestBench, actor: ConfirmedAdmin, user = draft()) {
    const made = await addUser(at.db, actor, user);
    if (!made.ok) throw new Error(made.reason);
    return { ...made, email: user.email };
  }
  const tryTo = (at: TestBench, email: string) =>
    logIn(at.db, vault, { email, password, address: crypto.randomUUID() });

  test('a new user cannot log in until they have chosen a password with their link, which works once', async () => {
    const at = bench();
    const actor = await admin(at);
    const { id, email, link } = await added(at, actor);
    expect(await tryTo(at, email)).toMatchObject({ reason: 'wrong-login' });
    expect(await readAccountLink(at.db, link.token)).toMatchObject({ id });
    expect(await readAccountLink(at.db, link.token)).toMatchObject({ id });
    expect(await choosePassword(at.db, link.token, password)).toEqual({ ok: true, accountId: id });
    expect(await tryTo(at, email)).toMatchObject({ ok: true, account: { id, role: 'observer' } });
    expect(await choosePassword(at.db, link.token, `${password} 2`)).toMatchObject({ reason: 'account-link-invalid' });
    expect(await readAccountLink(at.db, link.token)).toBeUndefined();
    expect(await actions(at, id)).toEqual([
      { action: 'user-added', actor: actor.accountId, details: '{"role":"observer"}' },
      { action: 'password-chosen', actor: 'system', details: '{}' },
    ]);
  });

  test('of ten who use the link at once, one chooses the password', async () => {
    const at = bench();
    const { link } = await added(at, await admin(at));
    const handles = [at.db, await at.another()];
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) => choosePassword(handles[n % 2]!, link.token, `${password} ${n}`)),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test('the link is worth nothing after three days, nor once a newer one was made', async () => {
    const at = bench();
    const actor = await admin(at);
    const { id, link } = await added(at, actor);
    const renewed = await renewUserLink(at.db, actor, id);
    expect(await readAccountLink(at.db, link.token)).toBeUndefined();
    expect(await choosePassword(at.db, link.token, password)).toMatchObject({ ok: false });
    const newer = renewed.ok ? renewed.link.token : '';
    at.clockOffsetMs = accountLinkHours * hour - 1000;
    expect(await readAccountLink(at.db, newer)).toMatchObject({ id });
    at.clockOffsetMs = accountLinkHours * hour + 1000;
    expect(await readAccountLink(at.db, newer)).toBeUndefined();
    expect(await choosePassword(at.db, newer, password)).toMatchObject({ ok: false });
  });

  test('with another address, a link that was mailed to the former one is worth nothing; one that was handed over is', async () => {
    const at = bench();
    const actor = await admin(at);
    const user = draft();
    const { id, link } = await added(at, actor, user);
    const mailed = await at.db.write(async (tx) => issueMailedLink(tx, id, await at.db.now(tx)));
    expect(await editUser(at.db, actor, id, { ...user, name: 'Otto Two' })).toEqual({ ok: true });
    expect(await readAccountLink(at.db, mailed.token)).toMatchObject({ id });
    expect(await editUser(at.db, actor, id, draft())).toEqual({ ok: true });
    expect(await readAccountLink(at.db, mailed.token)).toBeUndefined();
    expect(await readAccountLink(at.db, link.token)).toMatchObject({ id });
  });

  test('the database holds no link that could be used', async () => {
    const at = bench();
    const { link } = await added(at, await admin(at));
    const rows = JSON.stringify(await at.db.reader.selectFrom('account_links').selectAll().execute());
    expect(rows).not.toContain(link.token);
  });

  test('choosing a password ends the sessions that the account had; the former one holds until then', async () => {
    const at = bench();
    const actor = await admin(at);
    const { id, email, link } = await added(at, actor);
    await choosePassword(at.db, link.token, password);
    const session = await startSession(at.db, id);
    const renewed = await renewUserLink(at.db, actor, id);
    expect(await tryTo(at, email)).toMatchObject({ ok: true });
    expect(await readSession(at.db, session)).toBeDefined();
    await choosePassword(at.db, renewed.ok ? renewed.link.token : '', `${password} 2`);
    expect(await tryTo(at, email)).toMatchObject({ reason: 'wrong-login' });
    expect(await readSession(at.db, session)).toBeUndefined();
  });

  test('two users cannot share an address, in whatever case, and not at the same moment', async () => {
    const at = bench();
    const [actor, user] = [await admin(at), draft()];
    const first = await added(at, actor, user);
    const twin = { ...user, email: user.email.toUpperCase() };
    expect(await addUser(at.db, actor, twin)).toEqual({ ok: false, reason: 'known-email' });
    const { id } = await added(at, actor);
    expect(await editUser(at.db, actor, id, twin)).toEqual({ ok: false, reason: 'known-email' });
    expect(await editUser(at.db, actor, first.id, twin)).toEqual({ ok: true });
    const another = draft();
    const [here, there] = [at.db, await at.another()];
    const answers = await Promise.all([here, there, here].map((db) => addUser(db, actor, another)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test('what changed of a user is in the log by its name; who changed nothing leaves no trace', async () => {
    const at = bench();
    const [actor, user] = [await admin(at), draft()];
    const { id } = await added(at, actor, user);
    await editUser(at.db, actor, id, user);
    await editUser(at.db, actor, id, { ...user, name: 'Secret Name', role: 'technician' });
    const log = await actions(at, id);
    expect(log.map(({ action }) => action)).toEqual(['user-added', 'user-edited']);
    expect(log[1]?.details).toBe('{"fields":"name,role","from":"observer","to":"technician"}');
    expect(await findAccount(at.db.reader, id)).toMatchObject({ name: 'Secret Name', role: 'technician' });
  });

  test('nobody changes their own role, ends their own access or removes themselves', async () => {
    const at = bench();
    const actor = await admin(at);
    const own = actor.accountId;
    const refused = { ok: false, reason: 'own-account' };
    const { email } = (await findAccount(at.db.reader, own))!;
    expect(await editUser(at.db, actor, own, { name: 'Ada', email, role: 'observer' })).toEqual(refused);
    expect(await removeUser(at.db, actor, own)).toEqual(refused);
    expect(await endUserSessions(at.db, actor, own)).toEqual(refused);
    expect(await renewUserLink(at.db, actor, own)).toEqual(refused);
    expect(await editUser(at.db, actor, own, { name: 'Ada L', email, role: 'admin' })).toEqual({ ok: true });
  });

  test('two administrators who demote or remove each other at the same moment leave one', async () => {
    const at = bench();
    const [here, there] = [at.db, await at.another()];
    for (let round = 0; round < 5; round++) {
      const [ada, bob] = [await admin(at), await admin(at)];
      const emails = new Map((await listAccounts(here.reader)).map(({ id, email }) => [id, email]));
      const demote = (db: typeof here, actor: ConfirmedAdmin, { accountId }: ConfirmedAdmin) =>
        editUser(db, actor, accountId, { name: 'x', email: emails.get(accountId)!, role: 'observer' });
      const answers = await Promise.all([
        demote(here, ada, bob),
        round % 2 === 0 ? demote(there, bob, ada) : removeUser(there, bob, ada.accountId),
      ]);
      expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
      expect(answers.find(({ ok }) => !ok)).toEqual({ ok: false, reason: 'role-required' });
    }
  });

  test('a role that was taken away, and a user who was removed, are gone with the next request', async () => {
    const at = bench();
    const actor = await admin(at);
    const other = await admin(at);
    const session = await startSession(at.db, other.accountId);
    const { email } = (await findAccount(at.db.reader, other.accountId))!;
    await editUser(at.db, actor, other.accountId, { name: 'Bob', email, role: 'observer' });
    expect(await readSession(at.db, session)).toMatchObject({ role: 'observer' });
    expect(await addUser(at.db, other, draft())).toEqual({ ok: false, reason: 'role-required' });
    expect(await endUserSessions(at.db, actor, other.accountId)).toEqual({ ok: true, ended: 1 });
    expect(await readSession(at.db, session)).toBeUndefined();
    const again = await startSession(at.db, other.accountId);
    expect(await removeUser(at.db, actor, other.accountId)).toEqual({ ok: true });
    expect(await readSession(at.db, again)).toBeUndefined();
    expect(await findAccount(at.db.reader, other.accountId)).toBeUndefined();
    expect(await removeUser(at.db, actor, other.accountId)).toEqual({ ok: false, reason: 'unknown-account' });
  });
});
