import { afterAll, expect, test } from 'vitest';
import { onBothDatabases, type TestBench } from '../../../../tests/support/databases.ts';
import { secret, vault } from '../../../../tests/support/elections.ts';
import { jsonOf, removeCommandFiles, runVotix } from '../../../../tests/support/votix-command.ts';
import { logIn } from '../domain/accounts.ts';
import { saveOrganisation } from '../domain/settings.ts';
import { organisation } from '../../../../tests/support/app.ts';

afterAll(removeCommandFiles);

const password = 'correct horse battery';
const person = (email: string) => ['--email', email, '--name', 'Ada', '--password-stdin'];

onBothDatabases((bench) => {
  const create = ({ kind, address }: TestBench, args: readonly string[], input = `${password}\n`) =>
    runVotix(['create_user', ...args], {
      environment: { DATABASE_URL: kind === 'sqlite' ? `sqlite:${address}` : address, SECRET_KEY: secret },
      input,
    });
  const tryTo = (email: string) => logIn(bench().db, vault, { email, password, address: crypto.randomUUID() });

  test('the first administrator comes from the command line, and logs in', async () => {
    const made = await create(bench(), ['--role', 'admin', ...person('ada@example.org'), '--json']);
    const facts = jsonOf(made);
    expect(made.code).toBe(0);
    expect(facts).toMatchObject({ ok: true, email: 'ada@example.org', role: 'admin' });
    expect(JSON.stringify(made)).not.toContain(password);
    const login = await tryTo('ada@example.org');
    expect(login).toMatchObject({ ok: true, account: { id: facts['id'], role: 'admin', name: 'Ada' } });
    const logged = await bench().db.reader.selectFrom('audit_log').select(['actor', 'action', 'subject']).execute();
    expect(logged).toEqual([{ actor: 'command', action: 'user-added', subject: facts['id'] }]);
  });

  test('an address that is taken, in any case, is refused with exit code 1', async () => {
    const args = ['--role', 'observer', ...person('otto@example.org')];
    expect((await create(bench(), args)).out).toContain('The set-up link will only ask for the organisation.');
    await bench().db.write((tx) => saveOrganisation(tx, organisation));
    const again = await create(bench(), ['--role', 'admin', ...person('Otto@Example.org')]);
    expect(again).toMatchObject({ code: 1, out: '' });
    expect(again.err).toContain('Somebody with this address has an account already.');
    expect(await tryTo('otto@example.org')).toMatchObject({ account: { role: 'observer' } });
  });

  test('everything wrong with name, address and password is said at once, and nothing is added', async () => {
    const args = ['--role', 'technician', '--email', 'nobody', '--name', ' ', '--password-stdin'];
    const wrong = await create(bench(), args, 'short\n');
    expect(wrong.code).toBe(1);
    expect(wrong.err.trim().split('\n')).toHaveLength(3);
    expect((await create(bench(), ['--role', 'admin', ...person('x@example.org')], '')).code).toBe(1);
    expect(await tryTo('x@example.org')).toMatchObject({ ok: false });
  });

  test.each([
    ['no role', person('r@example.org'), "Required option '--role <role>' not specified"],
    ['no such role', ['--role', 'root', ...person('r@example.org')], 'Allowed choices are admin, technician, observer'],
    ['no terminal and no password', ['--role', 'admin', '--email', 'r@example.org', '--name', 'R'], '--password-stdin'],
  ])('%s is wrong usage', async (_what, args, sentence) => {
    const ended = await create(bench(), args);
    expect(ended).toMatchObject({ code: 2, out: '' });
    expect(ended.err).toContain(sentence);
  });
});
