// The commands that send, as an operator runs them: beside a server or without one, on both databases.

import { simpleParser } from 'mailparser';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { organisation } from '../../../../tests/support/app.ts';
import { anEmptyDatabase, onBothDatabases } from '../../../../tests/support/databases.ts';
import { admin, anArmedElection, vault } from '../../../../tests/support/elections.ts';
import { aSink, environmentOf } from '../../../../tests/support/mailing-commands.ts';
import { jsonOf, removeCommandFiles, runVotix, startVotixCommand } from '../../../../tests/support/votix-command.ts';
import { actOnMailing } from '../domain/mailings.ts';
import { checkSecret, saveOrganisation } from '../domain/settings.ts';

afterAll(removeCommandFiles);

onBothDatabases((bench) => {
  const run = (args: readonly string[], port?: number) =>
    runVotix([...args], { environment: environmentOf(bench(), port), input: '' });
  const prepared = async (voters: number) => {
    const { db } = bench();
    await checkSecret(db, vault.hash('check', 'votix'));
    await db.write((tx) => saveOrganisation(tx, organisation));
    return anArmedElection(db, { voters });
  };

  test('without a mail server each of them says what to do', async () => {
    const election = await prepared(2);
    for (const name of ['send_invitations', 'send-links', 'send_reminders', 'send_admin_test', 'check_mail']) {
      const more = name.startsWith('send_admin') || name === 'check_mail' ? [] : ['--election', election.id];
      expect(await run([name, ...more])).toMatchObject({
        code: 1,
        out: '',
        err: expect.stringMatching(/SMTP|settings/i),
      });
    }
  });

  test('links go to those who lack them, once; a dry run sends nothing', async () => {
    const sink = await aSink();
    const { id } = await prepared(3);
    const dry = await run(['send_links', '--election', id, '--dry-run', '--json'], sink.port);
    expect(jsonOf(dry)).toEqual({ ok: true, recipients: 3, deadAddresses: 0 });
    expect(sink.taken).toHaveLength(0);
    const sent = await run(['send_links', '--election', id, '--json'], sink.port);
    expect(jsonOf(sent)).toMatchObject({ ok: true, accepted: 3 });
    expect(await run(['send_links', '--election', id], sink.port)).toMatchObject({
      code: 0,
      out: expect.stringContaining('nobody to write to'),
    });
    expect(sink.taken).toHaveLength(3);
  });

  test('mails that were refused make the command fail, with how many', async () => {
    const sink = await aSink({ manner: (address) => (address.startsWith('alice0') ? 'refuse' : 'take') });
    const { id } = await prepared(2);
    const sent = await run(['send_reminders', '--election', id, '--json'], sink.port);
    expect(sent.code).toBe(1);
    expect(jsonOf(sent)).toMatchObject({ ok: false, reason: 'not-all-accepted', accepted: 1, rejected: 1 });
  });

  test('one that is interrupted hands over what is on its way, says what waits, and leaves nothing unknown', async () => {
    const sink = await aSink({ delayMs: 200 });
    const { id } = await prepared(60);
    const environment = environmentOf(bench(), sink.port);
    const { child, ended } = startVotixCommand(['send_links', '--election', id, '--json'], { environment });
    await expect.poll(() => sink.taken.length, { timeout: 30_000 }).toBeGreaterThan(3);
    child.kill('SIGINT');
    const end = await ended;
    type Interrupted = Readonly<{ accepted: number; queued: number; mailing: string }>;
    const { accepted, queued, ...answer } = jsonOf(end) as Interrupted;
    expect([end.code, answer]).toEqual([
      1,
      { ok: false, reason: 'interrupted', message: expect.stringContaining('wait'), mailing: expect.any(String) },
    ]);
    expect([accepted, accepted + queued]).toEqual([sink.taken.length, 60]);
    // What waits would go out with the next command.
    const cancelled = { electionId: id, mailingId: answer.mailing, act: 'cancel' } as const;
    expect(await actOnMailing(bench().db, admin, cancelled)).toMatchObject({ ok: true });
  });

  test('invitations and reminders go out by their commands, too, each to those it is for', async () => {
    const sink = await aSink();
    const { id } = await prepared(2);
    for (const [name, subject] of [
      ['send_invitations', 'Board 2026: the vote is coming'],
      ['send-reminders', 'Board 2026: you can still vote'],
    ] as const) {
      const before = sink.taken.length;
      const sent = await run([name, '--election', id], sink.port);
      expect(sent).toEqual({ code: 0, out: '2 accepted.\n', err: '' });
      const mails = await Promise.all(sink.taken.slice(before).map(({ bytes }) => simpleParser(bytes)));
      expect(mails.map((mail) => mail.subject)).toEqual([subject, subject]);
    }
  });

  test('the admin test reaches the contact, or says what the server said', async () => {
    await prepared(1);
    const sink = await aSink();
    expect(await run(['send_admin_test'], sink.port)).toMatchObject({ code: 0 });
    expect(sink.taken.map(({ to }) => to)).toEqual(['claire@example.org']);
    const strict = await aSink({ manner: () => 'refuse' });
    const failed = await run(['send_admin_test', '--to', 'nobody@example.org'], strict.port);
    expect(failed).toMatchObject({ code: 1, err: expect.stringContaining('5.1.1') });
  });

  test('check_mail says whether the server lets Votix in, and how the domain stands; it sends nothing', async () => {
    await prepared(1);
    const sink = await aSink();
    const checked = await run(['check_mail', '--json'], sink.port);
    expect(jsonOf(checked)).toMatchObject({ server: 'good', domain: 'example.org' });
    expect((jsonOf(checked) as { findings: unknown[] }).findings).toHaveLength(4);
    expect(await run(['check-mail'], 1)).toMatchObject({
      code: 1,
      err: expect.stringContaining('No connection to the mail server'),
    });
    expect(sink.taken).toEqual([]);
  });

  test('an election that is not there is a refusal', async () => {
    expect(await run(['send_links', '--election', 'nope'], 25)).toMatchObject({
      code: 1,
      err: expect.stringContaining('no such election'),
    });
  });
});

test('help says what each does and takes; what nobody understands is wrong usage, and nothing is sent', async () => {
  const sink = await aSink();
  const { address, drop } = await anEmptyDatabase('sqlite');
  onTestFinished(drop);
  const environment = environmentOf({ kind: 'sqlite', address: 'path' in address ? address.path : '' }, sink.port);
  const run = (args: readonly string[]) => runVotix(args, { environment });
  const about = {
    send_invitations: 'invitation to every voter who has not got it',
    send_links: 'link and code to every voter who has not got them',
    send_reminders: 'Remind every voter who has not voted',
    send_admin_test: 'one test mail',
  };
  for (const [name, sentence] of Object.entries(about)) {
    const { code, out } = await run([name, '--help']);
    expect([code, out]).toEqual([0, expect.stringContaining(sentence)]);
    for (const option of name === 'send_admin_test' ? ['--to', '--json'] : ['--election', '--dry-run', '--json'])
      expect(out).toContain(option);
  }
  const wrong = [
    ['send_links', '--election'],
    ['send_reminders', '--to', 'claire@example.org'],
    ['send_invitations', 'board-2026'],
    ['send_admin_test', '--to', 'claire'],
  ];
  for (const args of wrong) {
    const { code, out, err } = await run(args);
    expect([code, out, err.trim().split('\n').length], args.join(' ')).toEqual([2, '', 1]);
  }
  expect(sink.taken).toEqual([]);
});
