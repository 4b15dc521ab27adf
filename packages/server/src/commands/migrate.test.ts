import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { anEmptyDatabase, bothKinds } from '../../../../tests/support/databases.ts';
import { secret } from '../../../../tests/support/elections.ts';
import { jsonOf, removeCommandFiles, runVotix } from '../../../../tests/support/votix-command.ts';

afterAll(removeCommandFiles);

describe.each(bothKinds)('%s', (kind) => {
  test('migrate says what it applied, and the second time that nothing was to be done', async () => {
    const { address, drop } = await anEmptyDatabase(kind);
    onTestFinished(drop);
    const DATABASE_URL = address.kind === 'sqlite' ? `sqlite:${address.path}` : address.url;
    const environment = { DATABASE_URL, SECRET_KEY: secret };
    const first = await runVotix(['migrate'], { environment });
    expect(first).toMatchObject({ code: 0, err: '' });
    expect(first.out).toContain('  001-first-election\n');
    const second = await runVotix(['migrate', '--json'], { environment });
    expect(jsonOf(second)).toEqual({ ok: true, database: kind, applied: [] });
    const other = await runVotix(['migrate'], { environment: { ...environment, SECRET_KEY: 'x'.repeat(32) } });
    expect(other).toMatchObject({ code: 78, out: '' });
    expect(other.err).toContain('not the one this database was made with');
  });
});
