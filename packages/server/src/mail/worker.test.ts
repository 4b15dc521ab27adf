// The postman against a real mail server on loopback: each mail once, every answer understood, nothing by itself twice.
// Longer than 300 lines because all of it needs the roll, the postman and the mail server set up here.

import { expect, onTestFinished, test } from 'vitest';
import { organisation as theOrganisation } from '../../../../tests/support/app.ts';
import { onBothDatabases } from '../../../../tests/support/databases.ts';
import { admin, anArmedElection, type ArmedElection, hour, vault } from '../../../../tests/support/elections.ts';
import { aMailSink, type MailSink, type SinkWish } from '../../../../tests/support/mail-sink.ts';
import { testKeys } from '../../../../tests/support/verifiable-elections.ts';
import { createBallotQueue } from '../domain/ballot-queue.ts';
import { castBallot } from '../domain/casting.ts';
import { actOnMailing, countDeliveries, findMailing, listDeliveries, startMailing } from '../domain/mailings.ts';
import type { MailKind } from '../domain/mail-texts.ts';
import { proveHere } from '../domain/proofs.ts';
import { readOrganisation, saveOrganisation } from '../domain/settings.ts';
import type { Database } from '../storage/database.ts';
import { countCauses } from '../storage/deliveries.ts';
import type { SmtpSettings } from './smtp.ts';
import { startMailWorker } from './worker.ts';

const conditions = { secure: true, mailReady: true };
const silent = { info: () => {}, error: () => {} };

const settingsFor = (port: number, more: Partial<SmtpSettings> = {}): SmtpSettings => ({
  host: '127.0.0.1',
  port,
  username: '',
  password: '',
  from: 'no-reply@example.org',
  replyTo: 'claire@example.org',
  verifyTls: true,
  perMinute: 100_000,
  connections: 3,
  dkimSelector: '',
  returnAddress: '',
  ...more,
});

async function sink(wish: SinkWish = {}): Promise<MailSink> {
  const made = await aMailSink(wish);
  onTestFinished(() => made.close());
  return made;
}

function postman(db: Database, settings: SmtpSettings | (() => SmtpSettings | undefined)) {
  const read = typeof settings === 'function' ? settings : () => settings;
  const worker = startMailWorker({
    db,
    vault,
    credentialKeys: testKeys,
    log: silent,
    organisation: () => readOrganisation(db.reader, {}),
    settings: () => Promise.resolve(read()),
  });
  let running = true;
  const stop = () => {
    const was = running;
    running = false;
    return was ? worker.stop() : Promise.resolve();
  };
  onTestFinished(stop);
  return { ...worker, stop };
}

async function started(db: Database, electionId: string, kind: MailKind = 'link', voterIds?: readonly string[]) {
  const outcome = await startMailing(db, admin, { electionId, kind, ...(voterIds && { voterIds }) }, conditions);
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.mailingId;
}

const state = async (db: Database, id: string) => {
  const { state: now, why } = (await findMailing(db.reader, id))!;
  return [now, why, await countDeliveries(db.reader, id)];
};

const eventually = (db: Database, id: string, expected: readonly [string, string, object]) =>
  expect.poll(() => state(db, id), { timeout: 10_000, interval: 30 }).toEqual(expected);

async function vote(db: Database, election: ArmedElection, index: number): Promise<void> {
  const { ballot } = await election.seal([0]);
  const cast = await castBallot(
    { db, vault, queue: createBallotQueue(db), prove: proveHere },
    { ...election.voters[index]!, ballot },
  );
  if (!cast.ok) throw new Error(cast.reason);
}

onBothDatabases((bench) => {
  const open = async (wish: Parameters<typeof anArmedElection>[1] = {}) => {
    const { db } = bench();
    await db.write((tx) => saveOrganisation(tx, theOrganisation));
    return { db, election: await anArmedElection(db, wish) };
  };

  test('each voter gets one mail with the link, the code and the way to type it, in text and HTML', async () => {
    const { db, election } = await open({ voters: 4 });
    const mails = await sink();
    const id = await started(db, election.id);
    postman(db, settingsFor(mails.port));
    await eventually(db, id, ['finished', '', { accepted: 4 }]);
    expect(mails.taken.map(({ to }) => to).toSorted()).toEqual([0, 1, 2, 3].map((n) => `alice${n}@example.org`));
    const [first] = await mails.mailsTo('alice0@example.org');
    const { link, code, key } = election.voters[0]!;
    for (const text of [first!.text ?? '', first!.html || '']) {
      expect(text).toContain(`http://localhost:5000/vote/${link}`);
      expect(text).toContain(code);
      expect(text.replaceAll('-', '')).toContain(key);
    }
    expect(first!.subject).toBe('Board 2026: your personal link to vote');
    expect(first!.from?.value).toEqual([{ name: 'Amicale des Jonquilles', address: 'no-reply@example.org' }]);
    expect(first!.replyTo?.value[0]?.address).toBe('claire@example.org');
    expect(first!.headers.get('auto-submitted')).toBe('auto-generated');
    expect(first!.html || '').not.toMatch(/<img|<script|src=|url\(/);
    for (const other of election.voters.slice(1)) expect(first!.text).not.toContain(other.link);
  });

  test('the mails of a voter speak the language chosen for them, those of others the organisation’s', async () => {
    const { db, election } = await open({ voters: 2 });
    const { id: voter } = election.voters[0]!;
    await db.write(async (tx) => {
      await tx.updateTable('voters').set({ language: 'fr' }).where('id', '=', voter).execute();
    });
    const mails = await sink();
    postman(db, settingsFor(mails.port));
    for (const kind of ['link', 'reminder'] as const)
      await eventually(db, await started(db, election.id, kind), ['finished', '', { accepted: 2 }]);
    const [link, reminder] = await mails.mailsTo('alice0@example.org');
    expect(link!.subject).toBe('Board 2026\u00A0: votre lien personnel pour voter');
    expect(link!.headers.get('content-language')).toBe('fr');
    expect(link!.html || '').toContain('<html lang="fr">');
    expect(link!.text).toContain(`/vote/${election.voters[0]!.link}`);
    expect(reminder!.headers.get('content-language')).toBe('fr');
    const [other] = await mails.mailsTo('alice1@example.org');
    expect(other!.subject).toBe('Board 2026: your personal link to vote');
  });

  test('a second press mails nobody again: everyone has it', async () => {
    const { db, election } = await open({ voters: 2 });
    const mails = await sink();
    const id = await started(db, election.id);
    const again = await startMailing(db, admin, { electionId: election.id, kind: 'link' }, conditions);
    expect(again).toEqual({ ok: false, reason: 'mailing-running' });
    postman(db, settingsFor(mails.port));
    await eventually(db, id, ['finished', '', { accepted: 2 }]);
    const later = await startMailing(db, admin, { electionId: election.id, kind: 'link' }, conditions);
    expect(later).toEqual({ ok: false, reason: 'nobody-to-mail' });
    expect(mails.taken).toHaveLength(2);
  });

  test('refused, deferred, full: each in its own words; a deferred one goes out later', async () => {
    const { db, election } = await open({ voters: 4 });
    let first = true;
    const manner = (address: string) => {
      if (address.startsWith('alice1')) return 'refuse' as const;
      if (address.startsWith('alice2')) return 'mailbox-full' as const;
      return address.startsWith('alice3') && first ? ('defer' as const) : ('take' as const);
    };
    const mails = await sink({ manner });
    const id = await started(db, election.id);
    const worker = postman(db, settingsFor(mails.port));
    await eventually(db, id, ['running', '', { accepted: 1, rejected: 2, deferred: 1 }]);
    const causes = (await countCauses(db.reader, id)).map(({ cause, status }) => `${status} ${cause}`);
    expect(causes.toSorted()).toEqual(['deferred later', 'rejected mailbox-full', 'rejected no-such-address']);
    const [refused] = await listDeliveries(db.reader, id, { status: 'rejected', limit: 1, offset: 0 });
    expect(refused).toMatchObject({ reply_code: '5.1.1', email: 'alice1@example.org' });
    first = false;
    bench().clockOffsetMs = 61_000;
    worker.wake();
    await eventually(db, id, ['finished', '', { accepted: 2, rejected: 2 }]);
    bench().clockOffsetMs = 0;
  });

  test('a connection cut after the mail was given leaves it unknown, and it is never sent by itself again', async () => {
    const { db, election } = await open({ voters: 3 });
    const mails = await sink({ manner: (address) => (address.startsWith('alice1') ? 'drop-after' : 'take') });
    const id = await started(db, election.id);
    const worker = postman(db, settingsFor(mails.port));
    await eventually(db, id, ['finished', '', { accepted: 2, unknown: 1 }]);
    bench().clockOffsetMs = hour / 2;
    worker.wake();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(mails.taken.filter(({ to }) => to.startsWith('alice1'))).toHaveLength(1);
    bench().clockOffsetMs = 0;
    const again = await started(db, election.id, 'link', [election.voters[1]!.id]);
    await eventually(db, again, ['finished', '', { unknown: 1 }]);
    expect(mails.taken.filter(({ to }) => to.startsWith('alice1'))).toHaveLength(2);
  });

  test('a process that is gone leaves what it was sending as unknown once its lease has run out', async () => {
    const { db, election } = await open({ voters: 2 });
    const mails = await sink();
    const id = await started(db, election.id);
    const now = await db.now();
    const gone = election.voters[0]!.id;
    await db.write((tx) =>
      tx
        .updateTable('deliveries')
        .set({ status: 'sending', lease_until: now + 1000, attempts: 1 })
        .where('voter_id', '=', gone)
        .execute(),
    );
    const worker = postman(db, settingsFor(mails.port));
    await eventually(db, id, ['running', '', { accepted: 1, sending: 1 }]);
    bench().clockOffsetMs = 2000;
    worker.wake();
    await eventually(db, id, ['finished', '', { accepted: 1, unknown: 1 }]);
    bench().clockOffsetMs = 0;
    expect(mails.taken).toHaveLength(1);
  });

  test('a wrong password stops every mailing and says why; nothing was tried, and all goes out once it is right', async () => {
    const { db, election } = await open({ voters: 3 });
    const login = { user: 'votix', pass: 'right' };
    const mails = await sink({ login });
    const id = await started(db, election.id);
    let password = 'wrong';
    postman(db, () => settingsFor(mails.port, { username: 'votix', password }));
    await eventually(db, id, ['stopped', 'login-failed', { queued: 3 }]);
    password = 'right';
    expect(await actOnMailing(db, admin, { electionId: election.id, mailingId: id, act: 'resume' })).toEqual({
      ok: true,
    });
    await eventually(db, id, ['finished', '', { accepted: 3 }]);
    const rows = await listDeliveries(db.reader, id, { limit: 10, offset: 0 });
    expect(rows.map(({ attempts }) => attempts)).toEqual([1, 1, 1]);
  });

  test('settings that were corrected a moment before count: a mailing that goes on does not stop for the old ones', async () => {
    const { db, election } = await open({ voters: 3 });
    const mails = await sink({ login: { user: 'votix', pass: 'right' } });
    const passwords = ['wrong', 'right'];
    const id = await started(db, election.id);
    // Read before the mails are taken, and again after.
    postman(db, () => settingsFor(mails.port, { username: 'votix', password: passwords.shift() ?? 'right' }));
    await eventually(db, id, ['finished', '', { accepted: 3 }]);
    expect(mails.taken).toHaveLength(3);
  });

  test('a mail server that is away is waited for, in words', async () => {
    const { db, election } = await open({ voters: 2 });
    const away = await aMailSink();
    await away.close();
    const id = await started(db, election.id);
    const worker = postman(db, settingsFor(away.port));
    await eventually(db, id, ['running', 'no-connection', { queued: 2 }]);
    const mails = await sink({ port: away.port });
    worker.wake();
    await eventually(db, id, ['finished', '', { accepted: 2 }]);
    expect(mails.taken).toHaveLength(2);
  });

  test('most of the first refused: the mailing stops by itself', async () => {
    const { db, election } = await open({ voters: 60 });
    const mails = await sink({ manner: () => 'refuse' });
    const id = await started(db, election.id);
    postman(db, settingsFor(mails.port));
    await expect.poll(() => state(db, id), { timeout: 10_000 }).toMatchObject(['stopped', 'most-refused', {}]);
    const { rejected = 0, queued = 0 } = (await state(db, id))[2] as { rejected?: number; queued?: number };
    expect(rejected).toBeLessThan(30);
    expect(queued).toBeGreaterThan(30);
  });

  test('reminders go to those who have not voted when they are sent, not when they were ordered', async () => {
    const { db, election } = await open({ voters: 3 });
    const mails = await sink();
    await vote(db, election, 0);
    const id = await started(db, election.id, 'reminder');
    await vote(db, election, 1);
    postman(db, settingsFor(mails.port));
    await eventually(db, id, ['finished', '', { accepted: 1, cancelled: 1 }]);
    expect(mails.taken.map(({ to }) => to)).toEqual(['alice2@example.org']);
    const [mail] = await mails.mailsTo('alice2@example.org');
    expect(mail!.headers.has('list-unsubscribe') || mail!.headers.has('list')).toBe(true);
    expect(mail!.text).not.toContain(election.voters[2]!.code);
  });

  test('nothing goes out after the end', async () => {
    const { db, election } = await open({ voters: 2, closesIn: hour });
    const mails = await sink();
    const id = await started(db, election.id);
    bench().clockOffsetMs = 2 * hour;
    postman(db, settingsFor(mails.port));
    await eventually(db, id, ['finished', '', { cancelled: 2 }]);
    bench().clockOffsetMs = 0;
    expect(mails.taken).toEqual([]);
  });

  test('paused and cancelled mean it', async () => {
    const { db, election } = await open({ voters: 3 });
    const mails = await sink();
    const id = await started(db, election.id);
    const act = (name: 'pause' | 'resume' | 'cancel') =>
      actOnMailing(db, admin, { electionId: election.id, mailingId: id, act: name });
    expect(await act('pause')).toEqual({ ok: true });
    postman(db, settingsFor(mails.port));
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await state(db, id)).toEqual(['paused', '', { queued: 3 }]);
    expect(await act('cancel')).toEqual({ ok: true });
    expect(await state(db, id)).toEqual(['cancelled', '', { cancelled: 3 }]);
    expect(await act('resume')).toEqual({ ok: false, reason: 'mailing-over' });
    expect(mails.taken).toEqual([]);
  });

  test('paused in full swing, what is not handed over yet waits untouched, and goes out once when it is taken up', async () => {
    const { db, election } = await open({ voters: 150 });
    const mails = await sink({ delayMs: 10 });
    const id = await started(db, election.id);
    const act = (name: 'pause' | 'resume') =>
      actOnMailing(db, admin, { electionId: election.id, mailingId: id, act: name });
    postman(db, settingsFor(mails.port));
    const sending = async () => (await countDeliveries(db.reader, id)).sending ?? 0;
    // Past the first fifty many are taken from the outbox at once, many more than the connections hold.
    const inSwing = async () => (mails.taken.length > 55 ? await sending() : 0);
    await expect.poll(inSwing, { timeout: 10_000, interval: 5 }).toBeGreaterThan(40);
    const before = mails.taken.length;
    expect(await act('pause')).toEqual({ ok: true });
    await expect.poll(sending, { timeout: 10_000 }).toBe(0);
    const after = mails.taken.length;
    expect(after - before).toBeLessThan(40); // those that had been given to the connections
    expect(await state(db, id)).toEqual(['paused', '', { accepted: after, queued: 150 - after }]);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(mails.taken).toHaveLength(after);
    expect(await act('resume')).toEqual({ ok: true });
    await eventually(db, id, ['finished', '', { accepted: 150 }]);
    expect([mails.taken.length, new Set(mails.taken.map(({ to }) => to)).size]).toEqual([150, 150]);
    const rows = await listDeliveries(db.reader, id, { limit: 150, offset: 0 });
    expect(rows.filter(({ attempts }) => attempts !== 1)).toEqual([]);
  });

  test('cancelled while mails go out, nothing of it waits any more, not even what the server puts off', async () => {
    const { db, election } = await open({ voters: 12 });
    const mails = await sink({ delayMs: 150, manner: (_, isNamed) => (isNamed ? 'take' : 'defer') });
    const id = await started(db, election.id);
    postman(db, settingsFor(mails.port));
    const sending = async () => (await countDeliveries(db.reader, id)).sending ?? 0;
    await expect.poll(sending, { timeout: 10_000, interval: 5 }).toBeGreaterThan(0);
    await actOnMailing(db, admin, { electionId: election.id, mailingId: id, act: 'cancel' });
    await eventually(db, id, ['cancelled', '', { cancelled: 12 }]);
    const causes = (await countCauses(db.reader, id)).map(({ cause, n }) => [cause, n]);
    expect(causes).toEqual([['mailing-cancelled', 12]]);
  });

  test('the pace holds for all processes together', async () => {
    const aWholeMinute = 60_000 - (Date.now() % 60_000); // none ends while the test looks
    bench().clockOffsetMs = aWholeMinute;
    const { db, election } = await open({ voters: 12 });
    const mails = await sink();
    const id = await started(db, election.id);
    const settings = settingsFor(mails.port, { perMinute: 5 });
    const workers = [postman(db, settings), postman(db, settings)];
    await eventually(db, id, ['running', '', { accepted: 5, queued: 7 }]);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(mails.taken).toHaveLength(5);
    bench().clockOffsetMs = aWholeMinute + 60_000;
    for (const worker of workers) worker.wake();
    await eventually(db, id, ['running', '', { accepted: 10, queued: 2 }]);
    bench().clockOffsetMs = 0;
    await actOnMailing(db, admin, { electionId: election.id, mailingId: id, act: 'cancel' });
  });

  test('three postmen send nobody two mails, and open no more connections than one', async () => {
    const { db, election } = await open({ voters: 120 });
    const mails = await sink({ delayMs: 2 });
    const id = await started(db, election.id);
    for (let n = 0; n < 3; n++) postman(db, settingsFor(mails.port, { connections: 3 }));
    await eventually(db, id, ['finished', '', { accepted: 120 }]);
    expect(new Set(mails.taken.map(({ to }) => to)).size).toBe(120);
    expect(mails.taken).toHaveLength(120);
    expect(mails.mostConnections()).toBeLessThanOrEqual(3);
  });
});
