// The thread that speaks SMTP: mails go out through it, come back untouched when it stops before they are taken up, and are unknown
// when it breaks after it has begun.

import { expect, onTestFinished, test } from 'vitest';
import { aMailSink, type SinkWish } from '../../../../tests/support/mail-sink.ts';
import { openSender } from './sender.ts';
import type { SmtpSettings } from './smtp.ts';

const nobody = { username: '', password: '', replyTo: '', returnAddress: '', dkimSelector: '' };
const settings = {
  ...nobody,
  host: '127.0.0.1',
  verifyTls: true,
  from: 'a@example.org',
  perMinute: 60,
  connections: 1,
};
const mailTo = (to: string) => ({ envelope: { from: settings.from, to: [to] }, to, subject: 'Vote', text: 'Now.' });

async function aSender(wish: SinkWish = {}) {
  const sink = await aMailSink(wish);
  onTestFinished(() => sink.close());
  return { sink, sender: openSender({ ...settings, port: sink.port }) };
}

test('what the mail server answers comes back, mail by mail, and the thread ends when it is closed', async () => {
  const manner = (address: string) => (address.startsWith('bob') ? ('refuse' as const) : ('take' as const));
  const { sink, sender } = await aSender({ manner });
  const verdicts = ['alice', 'bob', 'carol'].map((name) => sender.send(mailTo(`${name}@example.org`)));
  expect(await Promise.all(verdicts)).toMatchObject([
    { kind: 'accepted' },
    { kind: 'rejected', cause: 'no-such-address', replyCode: '5.1.1' },
    { kind: 'accepted' },
  ]);
  expect(sink.taken.map(({ to }) => to).toSorted()).toEqual(['alice@example.org', 'carol@example.org']);
  expect(sender.broken()).toBeUndefined();
  await sender.close();
  expect(sender.broken()).toBeDefined();
  expect(await sender.send(mailTo('dave@example.org'))).toEqual({ kind: 'back' });
});

test('a stop gives back what no connection has taken up; what is on its way is finished', async () => {
  const { sink, sender } = await aSender({ delayMs: 300 });
  const verdicts = ['alice', 'bob', 'carol'].map((name) => sender.send(mailTo(`${name}@example.org`)));
  await expect.poll(() => sink.taken.length, { timeout: 10_000, interval: 5 }).toBe(1);
  sender.stop();
  expect(await Promise.all(verdicts)).toMatchObject([{ kind: 'accepted' }, { kind: 'back' }, { kind: 'back' }]);
  await sender.close();
});

test('a thread that ends with a mail on its way leaves it unknown', { timeout: 15_000 }, async () => {
  const { sink, sender } = await aSender({ delayMs: 5000 });
  const verdict = sender.send(mailTo('alice@example.org'));
  await expect.poll(() => sink.taken.length, { timeout: 10_000, interval: 5 }).toBe(1);
  await sender.close(); // does not wait that long
  expect(await verdict).toEqual({ kind: 'unknown', cause: 'interrupted' });
});

test('a thread that does not start gives back what it was given, takes no more, and says why', async () => {
  const sender = openSender(undefined as unknown as SmtpSettings);
  expect(await sender.send(mailTo('alice@example.org'))).toEqual({ kind: 'back' });
  expect(sender.broken()).toContain('TypeError');
  expect(await sender.send(mailTo('bob@example.org'))).toEqual({ kind: 'back' });
  await sender.close();
});
