import { sql } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import { organisation } from '../../../../tests/support/app.ts';
import { onBothDatabases, type TestBench } from '../../../../tests/support/databases.ts';
import { anArmedElection, hour, secret, vault } from '../../../../tests/support/elections.ts';
import { anElectionIn } from '../../../../tests/support/phases.ts';
import { jsonOf, removeCommandFiles, runVotix } from '../../../../tests/support/votix-command.ts';
import { checkSecret, saveOrganisation } from '../domain/settings.ts';
import { isSetupToken } from '../domain/setup.ts';

afterAll(removeCommandFiles);

const environmentOf = ({ kind, address }: TestBench) => ({
  DATABASE_URL: kind === 'sqlite' ? `sqlite:${address}` : address,
  SECRET_KEY: secret,
});

const reset = (bench: TestBench, args: readonly string[], input = '') =>
  runVotix(['reset', ...args], { environment: environmentOf(bench), input });

const tables = async ({ db, kind }: TestBench) => {
  const names =
    kind === 'postgres'
      ? sql<{ name: string }>`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`
      : sql<{ name: string }>`SELECT name FROM sqlite_schema WHERE type = 'table'`;
  const rows = await db.write((tx) => names.execute(tx));
  return rows.rows.map(({ name }) => name).filter((name) => !/^(kysely|sqlite)_/.test(name));
};

const filled = async (bench: TestBench) => {
  const counts: Record<string, number> = {};
  for (const name of await tables(bench)) {
    const count = sql<{ n: number }>`SELECT count(*) AS n FROM ${sql.table(name)}`;
    const { n } = (await bench.db.write((tx) => count.execute(tx))).rows[0]!;
    if (n > 0) counts[name] = n;
  }
  return counts;
};

onBothDatabases((bench) => {
  test('the name of the association is asked for; another one changes nothing', async () => {
    const { db } = bench();
    await checkSecret(db, vault.hash('check', 'votix'));
    await db.write((tx) => saveOrganisation(tx, organisation));
    await anArmedElection(db, { opensIn: hour, closesIn: 2 * hour });
    const before = await filled(bench());
    for (const input of ['', '\n', 'yes\n', 'Amicale\n']) {
      const ended = await reset(bench(), [], input);
      expect(ended).toMatchObject({ code: 1, out: '' });
      expect(ended.err).toContain('Nothing was changed');
    }
    expect(await filled(bench())).toEqual(before);
  });

  test('the right name wipes every table; the new audit log says so, and a set-up link is printed', async () => {
    const { db } = bench();
    const ended = await reset(bench(), ['--json'], `${organisation.organisation}\n`);
    expect(ended.code).toBe(0);
    const { setupUrl, ...facts } = jsonOf(ended);
    expect(facts).toMatchObject({ ok: true, elections: 1, compacted: true });
    expect(await isSetupToken(db, String(setupUrl).split('/setup/')[1]!)).toBe(true);
    expect(await filled(bench())).toEqual({ settings: 3, audit_log: 1, audit_head: 1 });
    const log = await db.reader.selectFrom('audit_log').selectAll().execute();
    expect(log).toMatchObject([{ position: 1, actor: 'command', action: 'instance-reset', previous: '' }]);
    expect((await checkSecret(db, 'another secret')).ok).toBe(false);
  });

  test('while people can vote it is refused, unless told', async () => {
    const { db } = bench();
    await anElectionIn(db, 'open');
    const refused = await reset(bench(), ['--yes']);
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.err).toContain('Board 2026');
    expect((await filled(bench()))['ballots']).toBe(1);
    expect(await reset(bench(), ['--yes', '--force'])).toMatchObject({ code: 0, err: '' });
    expect(await filled(bench())).toEqual({ settings: 3, audit_log: 1, audit_head: 1 });
  });
});
