import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { onBothDatabases } from '../../../../tests/support/databases.ts';
import { admin, secret } from '../../../../tests/support/elections.ts';
import { jsonOf, removeCommandFiles, runVotix } from '../../../../tests/support/votix-command.ts';
import { recordAudit } from '../domain/audit-log.ts';
import { saveSetting } from '../storage/settings.ts';

afterAll(removeCommandFiles);

const verify = (environment: Readonly<Record<string, string>>, ...more: string[]) =>
  runVotix(['audit', 'verify', ...more], { environment });

onBothDatabases((bench) => {
  const environment = () => ({
    DATABASE_URL: bench().kind === 'sqlite' ? `sqlite:${bench().address}` : bench().address,
    SECRET_KEY: secret,
  });

  test('votix audit verify tells whether the log is whole, beside a database in use', async () => {
    const { db } = bench();
    expect(await verify(environment())).toMatchObject({ code: 0, out: expect.stringMatching(/no entry yet/) });
    for (let n = 0; n < 1100; n++)
      await db.write((tx) => recordAudit(db, tx, { actor: admin, action: 'voters-added', details: { added: n } }));
    const whole = await verify(environment());
    expect(whole).toMatchObject({ code: 0, out: expect.stringMatching(/ whole: 1100 entries.* [0-9a-f]{64}\.\n$/) });
    const hash = /[0-9a-f]{64}/.exec(whole.out)![0];
    expect(jsonOf(await verify(environment(), '--json'))).toEqual({ ok: true, entries: 1100, hash });
    await db.write((tx) => tx.updateTable('audit_log').set({ reason: 'x' }).where('position', '=', 1034).execute());
    const broken = await verify(environment());
    expect(broken).toMatchObject({ code: 1, err: expect.stringMatching(/^BROKEN: entry 1034 is not what it was/) });
    const inJson = await verify(environment(), '--json');
    expect([inJson.code, jsonOf(inJson)]).toMatchObject([1, { ok: false, position: 1034, reason: 'entry-changed' }]);
    await db.write((tx) => saveSetting(tx, 'still', 'writable'));
  });
});

test('a database that is not there is said in a sentence and not made', async () => {
  const path = join(tmpdir(), 'votix-nowhere', 'db.sqlite');
  expect(await verify({ DATABASE_URL: `sqlite:${path}` })).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringMatching(/^That did not work: /),
  });
});

test('an unknown word behind audit is wrong usage', async () => {
  expect(await runVotix(['audit', 'repair'])).toMatchObject({ code: 2 });
});
