// Returned mails read out of a real mailbox: each noted once, everything else in it as it was.

import { describe, expect, onTestFinished, test } from 'vitest';
import { organisation } from '../../../../tests/support/app.ts';
import { onBothDatabases } from '../../../../tests/support/databases.ts';
import { admin, anArmedElection, hour, vault } from '../../../../tests/support/elections.ts';
import { anImapServer, hasImapServer, type ImapServer } from '../../../../tests/support/imap-server.ts';
import { aMailSink } from '../../../../tests/support/mail-sink.ts';
import { testKeys } from '../../../../tests/support/verifiable-elections.ts';
import {
  aDelay,
  fromMicrosoft,
  fromPostfix,
  fromQmail,
  fromSomebody,
} from '../../../../tests/support/returned-mails.ts';
import { countDeliveries, listDeliveries, startMailing } from '../domain/mailings.ts';
import { readOrganisation, saveOrganisation } from '../domain/settings.ts';
import type { Database } from '../storage/database.ts';
import { findReturnedMailbox } from '../storage/returned-mailboxes.ts';
import type { MailboxSettings } from './mailbox.ts';
import { deliveryOfAddress, returnAddress } from './return-address.ts';
import { nameOfMailbox, openReturns } from './returns.ts';
import { startMailWorker } from './worker.ts';

const silent = { info: () => {}, error: () => {} };
const minutes = 60_000;
const smtp = {
  host: '127.0.0.1',
  username: '',
  password: '',
  from: 'no-reply@example.org',
  replyTo: '',
  verifyTls: true,
  perMinute: 1000,
  connections: 1,
  dkimSelector: '',
  returnAddress: 'votes@example.net',
};

async function aServer(): Promise<ImapServer> {
  const server = await anImapServer();
  onTestFinished(() => server.close());
  return server;
}

const settingsOf = ({ port, username, password }: ImapServer, more: Partial<MailboxSettings> = {}) => ({
  host: '127.0.0.1',
  port,
  username,
  password,
  verifyTls: true,
  folder: 'INBOX',
  ...more,
});

function reading(db: Database, settings: MailboxSettings) {
  const returns = openReturns({ db, log: silent, mailbox: () => Promise.resolve(settings) }, { start: false });
  onTestFinished(() => returns.stop());
  return returns;
}

/** A mailing that the mail server has taken. */
async function taken(db: Database, voters: number) {
  const election = await anArmedElection(db, { voters, closesIn: 24 * hour });
  const wish = { electionId: election.id, kind: 'link' } as const;
  const started = await startMailing(db, admin, wish, { secure: true, mailReady: true });
  if (!started.ok) throw new Error(started.reason);
  const { mailingId } = started;
  await db.write((tx) =>
    tx.updateTable('deliveries').set({ status: 'accepted', attempts: 1 }).where('mailing_id', '=', mailingId).execute(),
  );
  return { mailingId, rows: await listDeliveries(db.reader, mailingId, { limit: voters, offset: 0 }) };
}

describe.skipIf(!hasImapServer)('with Dovecot (apt-get install dovecot-imapd)', () => {
  onBothDatabases((bench) => {
    test('reports become words with their deliveries; letters, delays and foreign reports stay untouched', async () => {
      const { db } = bench();
      const { mailingId, rows } = await taken(db, 5);
      const server = await aServer();
      const [wrong, full, blocked, late] = rows;
      server.deliver(fromSomebody('an older letter'));
      server.deliver(fromPostfix({ deliveryId: wrong!.id }));
      server.deliver(fromMicrosoft({ deliveryId: full!.id }));
      server.deliver(fromSomebody());
      server.deliver(fromQmail({ deliveryId: blocked!.id, to: returnAddress('votes@example.org', blocked!.id) }));
      server.deliver(aDelay({ deliveryId: late!.id }));
      server.deliver(fromPostfix({ deliveryId: '7c9e6679-7425-40de-944b-e07fc1f90ae7' }));
      const before = server.mails();
      const returns = reading(db, settingsOf(server));
      await returns.look();
      const after = await listDeliveries(db.reader, mailingId, { status: 'rejected', limit: 10, offset: 0 });
      expect(new Map(after.map(({ id, cause, reply_code: code }) => [id, `${cause} ${code}`]))).toEqual(
        new Map([
          [wrong!.id, 'no-such-address 5.1.1'],
          [full!.id, 'mailbox-full 5.2.2'],
          [blocked!.id, 'blocked 5.7.1'],
        ]),
      );
      expect(await countDeliveries(db.reader, mailingId)).toEqual({ accepted: 2, rejected: 3 });
      expect(server.mails().map(({ text }) => text)).toEqual(before.map(({ text }) => text));
      expect(server.mails().map(({ flags }) => flags)).toEqual(['', 'S', 'S', '', 'S', '', '']);
    });

    test('a mail that nobody can read does not stand before those behind it', async () => {
      const { db } = bench();
      const { rows } = await taken(db, 1);
      const server = await aServer();
      const to = returnAddress('votes@example.org', rows[0]!.id);
      server.deliver(`To: ${to}\n${'X: y\n'.repeat(30_000)}\nhello`);
      server.deliver(fromPostfix({ deliveryId: rows[0]!.id }));
      await reading(db, settingsOf(server)).look();
      expect(server.mails().map(({ flags }) => flags)).toEqual(['', 'S']);
    });

    test('a database that is away for a moment is not called a mailbox that cannot be read', async () => {
      const { db } = bench();
      const { rows } = await taken(db, 1);
      const server = await aServer();
      server.deliver(fromPostfix({ deliveryId: rows[0]!.id }));
      let writes = 0;
      const failing: Database['write'] = (work) =>
        ++writes === 2 ? Promise.reject(new Error('The database is away.')) : db.write(work);
      const settings = settingsOf(server);
      await expect(reading({ ...db, write: failing }, settings).look()).rejects.toThrow('The database is away.');
      expect(await findReturnedMailbox(db.reader, nameOfMailbox(settings))).toMatchObject({ problem: '' });
    });

    test('each is read once, new ones at the next look, and looks are minutes apart', async () => {
      const { db } = bench();
      const { mailingId, rows } = await taken(db, 2);
      const server = await aServer();
      const returns = reading(db, settingsOf(server));
      server.deliver(fromPostfix({ deliveryId: rows[0]!.id }));
      await returns.look();
      expect(await countDeliveries(db.reader, mailingId)).toEqual({ accepted: 1, rejected: 1 });
      server.deliver(fromPostfix({ deliveryId: rows[1]!.id }));
      // A resend has been taken meanwhile: the report that was read already must not count against it.
      await db.write((tx) =>
        tx.updateTable('deliveries').set({ status: 'accepted', cause: '' }).where('id', '=', rows[0]!.id).execute(),
      );
      await returns.look();
      expect(await countDeliveries(db.reader, mailingId)).toEqual({ accepted: 2 });
      bench().clockOffsetMs = 3 * minutes;
      await returns.look();
      const rejected = await listDeliveries(db.reader, mailingId, { status: 'rejected', limit: 10, offset: 0 });
      expect(rejected.map(({ id }) => id)).toEqual([rows[1]!.id]);
    });

    test('two processes read a mailbox in turns', async () => {
      const { db } = bench();
      const { mailingId, rows } = await taken(db, 1);
      const server = await aServer();
      server.deliver(fromPostfix({ deliveryId: rows[0]!.id }));
      const both = [reading(db, settingsOf(server)), reading(await bench().another(), settingsOf(server))];
      await Promise.all(both.map((returns) => returns.look()));
      expect(await countDeliveries(db.reader, mailingId)).toEqual({ rejected: 1 });
    });

    test.each([
      ['a wrong password', { password: 'wrong' }, 'login-failed'],
      ['a folder that is not there', { folder: 'Bounces' }, 'no-such-folder'],
    ] as const)('%s is said in words', async (_, more, problem) => {
      const { db } = bench();
      const settings = settingsOf(await aServer(), more);
      await reading(db, settings).look();
      expect(await findReturnedMailbox(db.reader, nameOfMailbox(settings))).toMatchObject({ problem, lease_until: 0 });
    });
  });
});

onBothDatabases((bench) => {
  test('a mail returns to an address that names its delivery, and says it is from the sender all the same', async () => {
    const { db } = bench();
    await db.write((tx) => saveOrganisation(tx, organisation));
    const election = await anArmedElection(db, { voters: 2 });
    const wish = { electionId: election.id, kind: 'link' } as const;
    const started = await startMailing(db, admin, wish, { secure: true, mailReady: true });
    const sink = await aMailSink();
    onTestFinished(() => sink.close());
    const worker = startMailWorker({
      db,
      vault,
      credentialKeys: testKeys,
      log: silent,
      organisation: () => readOrganisation(db.reader, {}),
      settings: () => Promise.resolve({ ...smtp, port: sink.port }),
    });
    onTestFinished(() => worker.stop());
    await expect.poll(() => sink.taken.length, { timeout: 10_000 }).toBe(2);
    const rows = await listDeliveries(db.reader, started.ok ? started.mailingId : '', { limit: 10, offset: 0 });
    const expected = new Map(rows.map((row) => [row.email, row.id]));
    expect(new Map(sink.taken.map(({ to, from }) => [to, deliveryOfAddress(from)]))).toEqual(expected);
    expect(sink.taken.every(({ from }) => from.endsWith('@example.net'))).toBe(true);
    const [mail] = await sink.mailsTo('alice0@example.org');
    expect(mail!.from?.value[0]?.address).toBe('no-reply@example.org');
  });

  test('a server that is away is said in words, and no password leaves in plain text', async () => {
    const { db } = bench();
    const [away, unsafe] = [
      { host: '127.0.0.1', port: 1, username: 'a', password: 'b', verifyTls: true, folder: 'INBOX' },
      { host: 'imap.invalid', port: 143, username: 'a', password: 'b', verifyTls: true, folder: 'INBOX' },
    ];
    for (const settings of [away, unsafe]) await reading(db, settings).look();
    expect(await findReturnedMailbox(db.reader, nameOfMailbox(away))).toMatchObject({ problem: 'no-connection' });
    const { problem } = (await findReturnedMailbox(db.reader, nameOfMailbox(unsafe)))!;
    expect(['unknown-host', 'no-connection']).toContain(problem);
  });
});
