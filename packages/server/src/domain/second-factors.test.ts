import { expect, test } from 'vitest';
import { anAccount } from '../../../../tests/support/app.ts';
import { onBothDatabases, type TestBench } from '../../../../tests/support/databases.ts';
import { vault } from '../../../../tests/support/elections.ts';
import { aPhone, aSecondStep, aStartedApp } from '../../../../tests/support/second-steps.ts';
import { finishPendingLogin, pendingLoginMs, readPendingLogin, startPendingLogin } from './pending-logins.ts';
import type { ConfirmedMember } from './scopes.ts';
import {
  addTotp,
  checkSecondStep,
  readSecondFactors,
  removeSecondFactors,
  removeTotp,
  renewRecoveryCodes,
} from './second-factors.ts';
import { readSession, startSession } from './sessions.ts';
import { openVault } from './vault.ts';

const wrong = { ok: false, reason: 'wrong-second-factor' };
const step = 30_000;

test('the codes are those of RFC 6238, appendix B, in six digits', () => {
  const phone = aPhone('otpauth://totp/a?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'); // 12345678901234567890
  const shown = [59, 1111111109, 1234567890, 20000000000].map((seconds) => phone.codeAt(seconds * 1000));
  expect(shown).toEqual(['287082', '081804', '005924', '353130']);
});

onBothDatabases((bench) => {
  async function aMember({ db }: TestBench) {
    const { id } = await anAccount(db, 'admin', 'Ada');
    return { accountId: id } as ConfirmedMember;
  }
  const check = (db: TestBench['db'], accountId: string, typed: string) =>
    checkSecondStep(db, vault, { accountId, typed, address: crypto.randomUUID() });

  test('an app is on only after its first code, ends the other sessions and gives ten recovery codes once', async () => {
    const at = bench();
    const [actor, other] = [await aMember(at), await aMember(at)];
    const { accountId } = actor;
    const [token, elsewhere] = [await startSession(at.db, accountId), await startSession(at.db, accountId)];
    const foreign = await startSession(at.db, other.accountId);
    const app = await aStartedApp(at.db, accountId);
    const setting = { db: at.db, vault, token };
    for (const typed of ['', '000000x', app.codeAt((await at.db.now()) - 10 * step)])
      expect(await addTotp(setting, actor, typed)).toEqual(wrong);
    expect(await readSecondFactors(at.db.reader, accountId)).toMatchObject({ isNeeded: false });
    expect(await check(at.db, accountId, app.codeAt(await at.db.now()))).toEqual(wrong);
    const added = await addTotp(setting, actor, app.codeAt(await at.db.now()));
    expect(added).toMatchObject({ ok: true });
    expect(await readSecondFactors(at.db.reader, accountId)).toEqual({
      app: true,
      passkeys: 0,
      recoveryCodes: 10,
      isNeeded: true,
    });
    expect(await readSession(at.db, token)).toBeDefined();
    expect(await readSession(at.db, elsewhere)).toBeUndefined();
    expect(await readSession(at.db, foreign)).toBeDefined();
    expect(app.uri).toContain('Amicale%20%20A');
  });

  test('each code works once, in its step and the ones beside it, and none before one that was taken', async () => {
    const at = bench();
    const { accountId } = await aMember(at);
    const app = await aSecondStep(at.db, accountId);
    const now = await at.db.now();
    const shown = (steps: number) => app.codeAt(now + steps * step);
    expect(await check(at.db, accountId, shown(-3))).toEqual(wrong);
    expect(await check(at.db, accountId, shown(3))).toEqual(wrong);
    expect(await check(at.db, accountId, ` ${shown(0).slice(0, 3)} ${shown(0).slice(3)} `)).toEqual({ ok: true });
    expect(await check(at.db, accountId, shown(0))).toEqual(wrong);
    expect(await check(at.db, accountId, shown(-1))).toEqual(wrong);
    expect(await check(at.db, accountId, shown(1))).toEqual({ ok: true });
  });

  test('of four who type the same code at once, in two processes, one gets in; so with a recovery code', async () => {
    const at = bench();
    const handles = [at.db, await at.another()];
    for (const kind of ['app', 'recovery'] as const) {
      const { accountId } = await aMember(at);
      const app = await aSecondStep(at.db, accountId);
      const typed = kind === 'app' ? app.codeAt(await at.db.now()) : app.codes[0]!;
      // Four, not more: the fifth try would wait.
      const answers = await Promise.all([0, 1, 0, 1].map((n) => check(handles[n]!, accountId, typed)));
      expect([kind, answers.filter(({ ok }) => ok).length]).toEqual([kind, 1]);
    }
  });

  test('a recovery code works once, however it is typed, for its account only, and new ones replace it', async () => {
    const at = bench();
    const [actor, other] = [await aMember(at), await aMember(at)];
    const { accountId } = actor;
    const { codes } = await aSecondStep(at.db, accountId);
    await aSecondStep(at.db, other.accountId);
    expect(await check(at.db, other.accountId, codes[0]!)).toEqual(wrong);
    expect(await check(at.db, accountId, codes[0]!.toLowerCase().replaceAll(/(.{4})/g, '$1-'))).toEqual({ ok: true });
    expect(await check(at.db, accountId, codes[0]!)).toEqual(wrong);
    expect(await readSecondFactors(at.db.reader, accountId)).toMatchObject({ recoveryCodes: 9 });
    const renewed = await renewRecoveryCodes({ db: at.db, vault }, actor);
    expect(new Set([...codes, ...renewed]).size).toBe(20);
    expect(await check(at.db, accountId, codes[1]!)).toEqual(wrong);
    expect(await check(at.db, accountId, renewed[1]!)).toEqual({ ok: true });
    expect(await renewRecoveryCodes({ db: at.db, vault }, await aMember(at))).toEqual([]);
  });

  test('five wrong codes, and even the right one waits; strangers without the password use up nobody’s tries', async () => {
    const at = bench();
    const { accountId } = await aMember(at);
    const app = await aSecondStep(at.db, accountId);
    for (let n = 0; n < 20; n++)
      await finishPendingLogin(at.db, vault, { token: `invented ${n}`, typed: '000000', address: '192.0.2.1' });
    for (let n = 0; n < 5; n++) expect(await check(at.db, accountId, `00000${n}`)).toEqual(wrong);
    const right = await check(at.db, accountId, app.codeAt(await at.db.now()));
    expect(right).toMatchObject({ reason: 'login-paused' });
  });

  test('a new phone replaces the old one only once it has shown a code; removing the app removes the codes', async () => {
    const at = bench();
    const actor = await aMember(at);
    const { accountId } = actor;
    const old = await aSecondStep(at.db, accountId);
    const fresh = await aStartedApp(at.db, accountId);
    const now = await at.db.now();
    expect(await check(at.db, accountId, old.codeAt(now))).toEqual({ ok: true });
    const setting = { db: at.db, vault, token: '' };
    expect(await addTotp(setting, actor, fresh.codeAt(now))).toEqual({ ok: true, codes: [] });
    expect(await check(at.db, accountId, old.codeAt(now + step))).toEqual(wrong);
    expect(await check(at.db, accountId, fresh.codeAt(now + step))).toEqual({ ok: true });
    await removeTotp(setting, actor);
    expect(await readSecondFactors(at.db.reader, accountId)).toEqual({
      app: false,
      passkeys: 0,
      recoveryCodes: 0,
      isNeeded: false,
    });
    expect(await check(at.db, accountId, old.codes[0]!)).toEqual(wrong);
  });

  test('a log-in that has passed the password opens nothing, lasts ten minutes and ends once', async () => {
    const at = bench();
    const { accountId } = await aMember(at);
    const app = await aSecondStep(at.db, accountId);
    const token = await startPendingLogin(at.db, accountId);
    expect(await readSession(at.db, token)).toBeUndefined();
    const finish = (typed: string, with_ = token) =>
      finishPendingLogin(at.db, vault, { token: with_, typed, address: '192.0.2.7' });
    expect(await finish('123')).toEqual(wrong);
    expect(await finish(app.codes[0]!)).toEqual({ ok: true, accountId });
    expect(await finish(app.codes[1]!)).toEqual({ ok: false, reason: 'login-required' });
    const late = await startPendingLogin(at.db, accountId);
    at.clockOffsetMs += pendingLoginMs + 1000;
    expect(await finish(app.codes[1]!, late)).toEqual({ ok: false, reason: 'login-required' });
    const cut = await startPendingLogin(at.db, accountId);
    await removeSecondFactors(at.db, 'command', accountId);
    expect(await readPendingLogin(at.db, cut)).toBeUndefined();
  });

  test('a stolen database shows no secret and no code, and is useless without the server’s secret', async () => {
    const at = bench();
    const { accountId } = await aMember(at);
    const app = await aSecondStep(at.db, accountId);
    const secrets = await at.db.reader.selectFrom('totp_secrets').selectAll().execute();
    const hashes = await at.db.reader.selectFrom('recovery_codes').selectAll().execute();
    const audit = await at.db.reader.selectFrom('audit_log').selectAll().execute();
    const stolen = JSON.stringify([secrets, hashes, audit]);
    const secret = new URL(app.uri).searchParams.get('secret')!;
    for (const hidden of [secret, ...app.codes]) expect(stolen).not.toContain(hidden);
    const thief = openVault('another-secret-another-secret-another');
    const own = secrets.find((row) => row.account_id === accountId)!;
    await expect(thief.open('totp', accountId, own.sealed!)).rejects.toThrow();
    await expect(vault.open('totp', crypto.randomUUID(), own.sealed!)).rejects.toThrow('another row');
    const guess = { accountId, typed: app.codes[0]!, address: '192.0.2.9' };
    await expect(checkSecondStep(at.db, thief, guess)).resolves.toEqual(wrong);
  });

  test('the log knows every step, by ids', async () => {
    const at = bench();
    const actor = await aMember(at);
    const { accountId } = actor;
    const { codes } = await aSecondStep(at.db, accountId);
    await check(at.db, accountId, codes[0]!);
    await renewRecoveryCodes({ db: at.db, vault }, actor);
    await removeTotp({ db: at.db, vault, token: '' }, actor);
    await aSecondStep(at.db, accountId);
    expect(await removeSecondFactors(at.db, 'command', accountId)).toBe(true);
    expect(await removeSecondFactors(at.db, 'command', accountId)).toBe(false);
    const entries = at.db.reader.selectFrom('audit_log').selectAll().where('subject', '=', accountId);
    const rows = await entries.orderBy('position').execute();
    expect(rows.map(({ action, actor: who, details }) => [action, who === accountId ? 'own' : who, details])).toEqual([
      ['totp-added', 'own', '{}'],
      ['recovery-code-used', 'own', '{"left":9}'],
      ['recovery-codes-made', 'own', '{}'],
      ['totp-removed', 'own', '{}'],
      ['totp-added', 'own', '{}'],
      ['second-step-removed', 'command', '{}'],
    ]);
  });
});
