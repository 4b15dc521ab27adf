import { afterAll, expect, test } from 'vitest';
import { anAccount, password } from '../../../../tests/support/app.ts';
import { onBothDatabases, type TestBench } from '../../../../tests/support/databases.ts';
import { secret, vault } from '../../../../tests/support/elections.ts';
import { aSecondStep } from '../../../../tests/support/second-steps.ts';
import { jsonOf, removeCommandFiles, runVotix } from '../../../../tests/support/votix-command.ts';
import { choosePassword } from '../domain/account-links.ts';
import { logIn } from '../domain/accounts.ts';
import { readSecondFactors } from '../domain/second-factors.ts';
import { readSession, startSession } from '../domain/sessions.ts';

afterAll(removeCommandFiles);

const fresh = 'another horse battery';

onBothDatabases((bench) => {
  const user = ({ kind, address }: TestBench, args: readonly string[], input = '') =>
    runVotix(['user', ...args], {
      environment: { DATABASE_URL: kind === 'sqlite' ? `sqlite:${address}` : address, SECRET_KEY: secret },
      input,
    });
  const logged = async ({ db }: TestBench, subject: string) =>
    (await db.reader.selectFrom('audit_log').selectAll().where('subject', '=', subject).orderBy('position').execute())
      .filter(({ actor }) => actor === 'command')
      .map(({ action }) => action);

  test('a lost password gives a link that works once, or is replaced; the second step stays until it is taken away', async () => {
    const at = bench();
    const { id, email } = await anAccount(at.db, 'admin', 'Ada');
    await aSecondStep(at.db, id);
    const session = await startSession(at.db, id);
    const linked = jsonOf(await user(at, ['reset-password', email.toUpperCase(), '--json']));
    expect(linked).toMatchObject({ ok: true, id, email });
    expect(await readSession(at.db, session)).toBeDefined();
    const token = String(linked['link']).split('/choose-password/')[1]!;
    expect(await choosePassword(at.db, token, `${fresh} 1`)).toMatchObject({ ok: true, accountId: id });
    const again = await startSession(at.db, id);
    const replaced = await user(at, ['reset-password', email, '--password-stdin'], `${fresh}\n`);
    expect([replaced.code, replaced.out]).toEqual([0, expect.stringContaining('The second step is still asked for')]);
    expect(JSON.stringify(replaced)).not.toContain(fresh);
    expect(await readSession(at.db, again)).toBeUndefined();
    const attempt = { email, address: crypto.randomUUID() };
    expect(await logIn(at.db, vault, { ...attempt, password: fresh })).toMatchObject({ ok: true });
    expect(await logIn(at.db, vault, { ...attempt, password })).toMatchObject({ ok: false });
    const last = await startSession(at.db, id);
    expect((await user(at, ['disable-2fa', email])).out).toContain('logs in with the password alone');
    expect(await readSecondFactors(at.db.reader, id)).toMatchObject({ isNeeded: false, recoveryCodes: 0 });
    expect(await readSession(at.db, last)).toBeUndefined();
    const twice = jsonOf(await user(at, ['disable-2fa', email, '--json']));
    expect(twice).toMatchObject({ ok: false, reason: 'no-second-step' });
    expect(await logged(at, id)).toEqual(['user-link-issued', 'user-password-replaced', 'second-step-removed']);
  });
});

const sqlite = { DATABASE_URL: 'sqlite:./data/bad-input.sqlite', SECRET_KEY: secret };

test.each([
  [['reset-password', 'nobody@example.org'], 1, 'Nobody logs in with nobody@example.org. Nothing was changed.'],
  [['reset-password'], 2, "Missing required argument 'email'"],
  [['disable-2fa', 'a@example.org', 'more'], 2, 'Too many arguments'],
  [[], 2, 'Name a command.'],
] as const)('votix user %j is refused with exit code %i', async (args, code, sentence) => {
  const ended = await runVotix(['user', ...args], { environment: sqlite });
  expect([ended.code, ended.out, ended.err]).toEqual([code, '', expect.stringContaining(sentence)]);
});
