import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { onBothDatabases, type TestBench } from '../../../../tests/support/databases.ts';
import { anElection, secret, vault } from '../../../../tests/support/elections.ts';
import { anElectionIn } from '../../../../tests/support/phases.ts';
import { jsonOf, removeCommandFiles, runVotix } from '../../../../tests/support/votix-command.ts';
import { checkSecret } from '../domain/settings.ts';
import { countVoters } from '../domain/voters.ts';

afterAll(removeCommandFiles);

const file = (name: string) => join(import.meta.dirname, '../../../../tests/fixtures/csv', name);
const run = ({ kind, address }: TestBench, args: readonly string[], more: Readonly<Record<string, string>> = {}) =>
  runVotix(args, {
    environment: { DATABASE_URL: kind === 'sqlite' ? `sqlite:${address}` : address, SECRET_KEY: secret, ...more },
  });

onBothDatabases((bench) => {
  test('import_voters imports once, and the same file again changes nothing; both spellings', async () => {
    const at = bench();
    await checkSecret(at.db, vault.hash('check', 'votix'));
    const id = await anElection(at.db, { voters: 0 });
    const args = ['--file', file('excel-french.csv'), '--election', id, '--json'];
    const dry = jsonOf(await run(at, ['import_voters', ...args, '--dry-run']));
    expect(dry).toEqual({ ok: true, election: id, added: 300, changed: 0, unchanged: 0, dryRun: true });
    expect(await countVoters(at.db.reader, id)).toBe(0);
    expect(jsonOf(await run(at, ['import-voters', ...args]))).toMatchObject({ ok: true, added: 300 });
    expect(jsonOf(await run(at, ['import_voters', ...args]))).toMatchObject({ added: 0, changed: 0, unchanged: 300 });
    expect(await countVoters(at.db.reader, id)).toBe(300);
  });

  test('import_voters refuses what it cannot do, with exit code 1 and a sentence', async () => {
    const at = bench();
    const armed = await anElectionIn(at.db, 'armed');
    const args = ['import_voters', '--file', file('seed.csv')];
    expect(await run(at, [...args, '--election', armed.id])).toMatchObject({ code: 1, out: '' });
    expect(await run(at, [...args, '--election', 'nobody'])).toMatchObject({ code: 1, out: '' });

    const id = await anElection(at.db, { voters: 0 });
    const wrong = await run(at, ['import_voters', '--file', file('mistakes.csv'), '--election', id]);
    expect(wrong).toMatchObject({ code: 1, out: '' });
    expect(wrong.err).toContain('line 3:');
    expect(await countVoters(at.db.reader, id)).toBe(0);
  });

  test('validate_csv knows the rules of the settings, and touches nothing', async () => {
    const at = bench();
    const rules = { VALID_EMAIL_DOMAINS: 'example.org', PROMOTION_LIST: 'E1,E2' };
    const good = await run(at, ['validate_csv', '--file', file('seed.csv'), '--json'], rules);
    expect([good.code, jsonOf(good)]).toEqual([0, { ok: true, voters: 2 }]);
    const bad = await run(at, ['validate-csv', '--file', file('mistakes.csv'), '--json'], rules);
    const { problems } = jsonOf(bad) as { problems: { line: number; reason: string }[] };
    expect(bad.code).toBe(1);
    expect(problems.map(({ line, reason }) => [line, reason])).toEqual([
      [3, 'csv-last-name'],
      [4, 'csv-email'],
      [5, 'csv-duplicate'],
      [6, 'csv-foreign-domain'],
      [7, 'csv-unknown-promotion'],
      [8, 'csv-foreign-domain'],
    ]);
    expect(await run(at, ['validate_csv', '--file', '/nowhere.csv'])).toMatchObject({ code: 1, out: '' });
  });
});

test.each(['import_voters', 'validate_csv'])('%s names itself in its help, and wants a file', async (name) => {
  expect((await runVotix([name, '--help'])).out).toMatch(new RegExp(`^Usage: votix ${name}`));
  expect(await runVotix([name])).toMatchObject({ code: 2, out: '' });
});
