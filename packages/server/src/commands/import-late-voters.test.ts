// `import_voters --send-link` as an operator runs it, against a real mail server, on both databases.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { organisation } from '../../../../tests/support/app.ts';
import { onBothDatabases } from '../../../../tests/support/databases.ts';
import { anArmedElection, anElection, type ElectionWish, secret, vault } from '../../../../tests/support/elections.ts';
import { aSink, environmentOf } from '../../../../tests/support/mailing-commands.ts';
import { anElectionIn } from '../../../../tests/support/phases.ts';
import { jsonOf, removeCommandFiles, runVotix } from '../../../../tests/support/votix-command.ts';
import { readConfig } from '../config.ts';
import { listChanges } from '../domain/changes.ts';
import { checkSecret, saveOrganisation } from '../domain/settings.ts';
import { countVoters } from '../domain/voters.ts';
import { importAndSend } from './import-late-voters.ts';

afterAll(removeCommandFiles);

const folder = mkdtempSync(join(tmpdir(), 'votix-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** alice0 and alice1 are on the roll of every election here; the others come late. */
function aFile(addresses: readonly string[], more = ''): string {
  const path = join(folder, `${addresses.length}-${more.length}.csv`);
  const lines = addresses.map((address, n) =>
    /^alice\d@/.test(address)
      ? `Dupont${address[5]},Alice,${address},E${address[5]},${address[5] === '1' ? 'Perrault' : ''}`
      : `Late${n},Bruno,${address},E1,Annexe`,
  );
  writeFileSync(path, ['last_name,first_name,email,promotion,building', ...lines, more].join('\n'));
  return path;
}

const late = ['alice0@example.org', 'bruno@example.org', 'alice1@example.org', 'chloe@example.org'];

onBothDatabases((bench) => {
  const run = (args: readonly string[], port?: number) =>
    runVotix(['import_voters', '--send-link', ...args], { environment: environmentOf(bench(), port) });
  const prepared = async (wish: ElectionWish = {}) => {
    const { db } = bench();
    await checkSecret(db, vault.hash('check', 'votix'));
    await db.write((tx) => saveOrganisation(tx, organisation));
    const { id } = await anArmedElection(db, { voters: 2, ...wish });
    return { db, id };
  };

  test('exactly those who are new in the file are added and sent their link; the same file again sends nothing', async () => {
    const sink = await aSink();
    const { db, id } = await prepared();
    const args = ['--file', aFile(late), '--election', id];
    const dry = await run([...args, '--dry-run'], sink.port);
    expect(dry).toMatchObject({ code: 0, out: expect.stringContaining('2 link(s) would go to:\n  bruno@example.org') });
    expect([await countVoters(db.reader, id), sink.taken.length]).toEqual([2, 0]);
    const first = jsonOf(await run([...args, '--reason', 'Joined in May', '--json'], sink.port));
    expect(first).toMatchObject({ ok: true, election: id, added: 2, kept: 0, unchanged: 2, accepted: 2 });
    expect(sink.taken.map(({ to }) => to).toSorted()).toEqual(['bruno@example.org', 'chloe@example.org']);
    const [mail] = await sink.mailsTo('chloe@example.org');
    expect(mail!.text).toMatch(/\/vote\/[0-9a-f-]{36}/);
    expect((await listChanges(db.reader, id))[0]).toMatchObject({ action: 'voters-added', reason: 'Joined in May' });
    const again = await run(args, sink.port);
    expect(again).toMatchObject({ code: 0, out: expect.stringContaining('No link was sent.') });
    expect([await countVoters(db.reader, id), sink.taken.length]).toEqual([4, 2]);
  });

  /** The same in this process: what it answers. */
  const answerOf = (election: string, file: string, port?: number) => {
    const { db } = bench();
    const read = readConfig(environmentOf(bench(), port));
    if (!read.ok) throw new Error('the settings of this test are wrong');
    return importAndSend({ db, secret, vault }, read.config, { file, election });
  };

  test('who is on the roll with other details stays as they are, and the lines are named', async () => {
    const sink = await aSink();
    const { id } = await prepared();
    const file = aFile(['bruno@example.org'], 'Durand,Alicia,alice0@example.org,E9,');
    const done = await answerOf(id, file, sink.port);
    expect(done).toMatchObject({ ok: true, text: expect.stringContaining('left as they are (line 3)') });
    expect(sink.taken.map(({ to }) => to)).toEqual(['bruno@example.org']);
  });

  test('whatever stands in the way is said before anything is imported', async () => {
    const sink = await aSink();
    const { db, id } = await prepared();
    const file = aFile(late);
    const [draft, closed] = [await anElection(db, { voters: 0 }), await anElectionIn(db, 'closed')];
    const none = expect.stringContaining('Nothing was imported.');
    expect(await answerOf(id, file)).toMatchObject({ reason: 'mail-not-set-up', sentence: none });
    expect(await answerOf(draft, file, sink.port)).toMatchObject({ reason: 'election-not-armed', sentence: none });
    expect(await answerOf(closed.id, file, sink.port)).toMatchObject({ reason: 'election-closed', sentence: none });
    expect(await answerOf('nobody', file, sink.port)).toMatchObject({ reason: 'unknown-election', sentence: none });
    const wrong = aFile(['bruno@example.org'], 'Nobody,Without,,,');
    expect(await answerOf(id, wrong, sink.port)).toMatchObject({ reason: 'csv-problems' });
    await db.write((tx) => saveOrganisation(tx, { ...organisation, baseUrl: 'http://votes.example.org' }));
    expect(await answerOf(id, file, sink.port)).toMatchObject({ reason: 'insecure-base-url', sentence: none });
    expect([await countVoters(db.reader, id), await countVoters(db.reader, draft), sink.taken.length]).toEqual([
      2, 0, 0,
    ]);
    expect((await run(['--file', file, '--election', draft], sink.port)).code).toBe(1);
  });

  test('a mail that is refused makes the command fail, and the voters stay', async () => {
    const sink = await aSink({ manner: (address) => (address.startsWith('bruno') ? 'refuse' : 'take') });
    const { db, id } = await prepared();
    const facts = { added: 2, accepted: 1, rejected: 1 };
    expect(await answerOf(id, aFile(late), sink.port)).toMatchObject({ ok: false, reason: 'not-all-accepted', facts });
    expect(await countVoters(db.reader, id)).toBe(4);
  });
});
