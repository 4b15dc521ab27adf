import { createHook } from 'node:async_hooks';
import { beforeEach, expect, test } from 'vitest';
import { onBothDatabases, type TestBench } from '../../../../tests/support/databases.ts';
import { vault } from '../../../../tests/support/elections.ts';
import { insertAccount } from '../storage/accounts.ts';
import { accountSchema, confirmPassword, logIn, prepareAccount } from './accounts.ts';

const minute = 60_000;
const password = 'correct horse battery';
const home = '192.0.2.1';
let count = 0;

async function anAccount({ db }: TestBench) {
  const account = { name: 'Ada', email: `Ada.${count++}@Example.org`, password };
  const row = await prepareAccount(account, 'admin', await db.now());
  await db.write((tx) => insertAccount(tx, row));
  return { id: row.id, email: account.email };
}

test('an account needs a name, an address and a password of twelve characters', () => {
  const good = { name: 'Ada', email: 'ada@example.org', password };
  expect(accountSchema.safeParse(good).success).toBe(true);
  for (const bad of [{ name: ' ' }, { email: 'ada' }, { password: 'x'.repeat(11) }, { password: 'x'.repeat(257) }])
    expect(accountSchema.safeParse({ ...good, ...bad }).success).toBe(false);
  expect(accountSchema.safeParse({ ...good, role: 'admin' }).success).toBe(false);
});

onBothDatabases((bench) => {
  beforeEach(() => bench().db.write(async (tx) => void (await tx.deleteFrom('throttles').execute())));

  const tryTo = (at: TestBench, email: string, typed: string, address = home) =>
    logIn(at.db, vault, { email, password: typed, address });

  test('address in any case and the right password log in', async () => {
    const { id, email } = await anAccount(bench());
    expect(await tryTo(bench(), email.toLowerCase(), password)).toMatchObject({ ok: true, account: { id } });
    expect(await tryTo(bench(), email.toUpperCase(), password)).toMatchObject({ ok: true, account: { id } });
  });

  test('a wrong password and an unknown account get the same answer', async () => {
    const { email } = await anAccount(bench());
    expect(await tryTo(bench(), email, 'wrong')).toEqual({ ok: false, reason: 'wrong-login' });
    expect(await tryTo(bench(), 'nobody@example.org', 'wrong')).toEqual({ ok: false, reason: 'wrong-login' });
  });

  test.each(['known', 'unknown'])('after five wrong passwords the %s account pauses', async (kind) => {
    const at = bench();
    const email = kind === 'known' ? (await anAccount(at)).email : 'nobody@example.org';
    for (let n = 0; n < 5; n++) expect(await tryTo(at, email, 'wrong')).toMatchObject({ reason: 'wrong-login' });
    expect(await tryTo(at, email, password)).toMatchObject({ reason: 'login-paused', until: expect.any(Number) });
  });

  test('the right password after the pause logs in and forgets the wrong ones', async () => {
    const at = bench();
    const { email } = await anAccount(at);
    for (let n = 0; n < 5; n++) await tryTo(at, email, 'wrong');
    expect(await tryTo(at, email, password)).toMatchObject({ reason: 'login-paused' });
    at.clockOffsetMs = minute + 1000;
    expect(await tryTo(at, email, password)).toMatchObject({ ok: true });
    expect(await at.db.reader.selectFrom('throttles').selectAll().execute()).toEqual([]);
    for (let n = 0; n < 4; n++) expect(await tryTo(at, email, 'wrong')).toMatchObject({ reason: 'wrong-login' });
    expect(await tryTo(at, email, password)).toMatchObject({ ok: true });
  });

  test('the fifth try may still be right', async () => {
    const at = bench();
    const { email } = await anAccount(at);
    for (let n = 0; n < 4; n++) await tryTo(at, email, 'wrong');
    expect(await tryTo(at, email, password)).toMatchObject({ ok: true });
  });

  test('thirty tries at once on two processes are thirty tries: five are judged', async () => {
    const at = bench();
    const { email } = await anAccount(at);
    const handles = [at.db, await at.another()];
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, n) =>
        logIn(handles[n % 2]!, vault, { email, password: 'wrong', address: `192.0.2.${n}` }),
      ),
    );
    const reasons = answers.map((answer) => (answer.ok ? 'in' : answer.reason));
    expect(reasons.filter((reason) => reason === 'wrong-login')).toHaveLength(5);
    expect(reasons.filter((reason) => reason === 'login-paused')).toHaveLength(25);
  });

  test('an address that goes on and on pauses for every account after fifty tries', async () => {
    const at = bench();
    const { email } = await anAccount(at);
    for (let n = 0; n < 50; n++) await tryTo(at, 'nobody@example.org', 'wrong', '198.51.100.7');
    expect(await tryTo(at, email, password, '198.51.100.7')).toMatchObject({ reason: 'login-paused' });
    expect(await tryTo(at, email, password, home)).toMatchObject({ ok: true });
  });

  test('an unknown account costs the same work as a known one, a paused one costs none', async () => {
    const at = bench();
    const { email } = await anAccount(at);
    const derivations = async (who: string) => {
      let count = 0;
      const hook = createHook({ init: (_id, type) => void (type === 'ARGON2REQUEST' && count++) }).enable();
      await tryTo(at, who, 'wrong');
      hook.disable();
      return count;
    };
    await tryTo(at, 'nobody@example.org', 'wrong'); // the hash of nobody is made once
    expect(await derivations(email)).toBe(1);
    expect(await derivations('nobody@example.org')).toBe(1);
    for (let n = 0; n < 3; n++) await tryTo(at, 'nobody@example.org', 'wrong');
    expect(await derivations('nobody@example.org')).toBe(0);
  });

  test('throttle rows hold neither account nor address in the clear', async () => {
    const at = bench();
    await tryTo(at, 'nobody@example.org', 'wrong', '203.0.113.9');
    const rows = JSON.stringify(await at.db.reader.selectFrom('throttles').selectAll().execute());
    expect(rows).not.toMatch(/nobody|203\.0/);
  });

  test('confirming the password has tries of its own: a pause of the log-in does not keep an administrator from it', async () => {
    const at = bench();
    const { id, email } = await anAccount(at);
    const confirm = (typed: string) => confirmPassword(at.db, vault, { accountId: id, password: typed, address: home });
    for (let n = 0; n < 5; n++) await tryTo(at, email, 'wrong');
    expect(await tryTo(at, email, password)).toMatchObject({ reason: 'login-paused' });
    for (let n = 0; n < 4; n++) expect(await confirm('wrong')).toMatchObject({ reason: 'wrong-login' });
    expect(await confirm(password)).toMatchObject({ ok: true });
    for (let n = 0; n < 5; n++) expect(await confirm('wrong')).toMatchObject({ reason: 'wrong-login' });
    expect(await confirm(password)).toMatchObject({ reason: 'login-paused' });
    const nobody = { accountId: 'gone', password, address: home };
    expect(await confirmPassword(at.db, vault, nobody)).toMatchObject({ reason: 'wrong-login' });
  });

  test('two accounts cannot share an address', async () => {
    const at = bench();
    const { email } = await anAccount(at);
    const twin = await prepareAccount({ name: 'Twin', email: email.toUpperCase(), password }, 'admin', 0);
    await expect(at.db.write((tx) => insertAccount(tx, twin))).rejects.toThrow();
  });
});
