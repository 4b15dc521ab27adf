// What real servers and real failures of the way to them are called: the errors are nodemailer's own.

import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { createTransport } from 'nodemailer';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { expect, onTestFinished, test } from 'vitest';
import { aMailSink } from '../../../../tests/support/mail-sink.ts';
import { isMessageKey } from '../messages/translate.ts';
import { trialKey } from '../messages/mail-trials.ts';
import { arrivalSentences } from './arrival.ts';
import { causes, replyCodeOf, type SmtpError, verdictOf } from './outcome.ts';
import { mailboxProblems } from './returns.ts';
import { openTransport } from './smtp.ts';

const waits = { connectionTimeout: 1000, greetingTimeout: 300, socketTimeout: 1000, dnsTimeout: 3000 };

interface Way {
  readonly port: number;
  readonly host?: string;
  readonly secure?: boolean;
  readonly requireTLS?: boolean;
}

async function verdict({ host = '127.0.0.1', ...way }: Way) {
  const transport = createTransport({ host, ...way, ...waits });
  const error: unknown = await transport.verify().catch((caught: unknown) => caught);
  transport.close();
  return verdictOf(error as SmtpError, false);
}

async function portOf(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

/** With the certificate for `localhost` that comes with the library and that nobody has signed. */
async function aServer(options: SMTPServerOptions): Promise<number> {
  const server = new SMTPServer({ authOptional: true, ...options });
  server.on('error', () => {}); // connections that are cut off
  return portOf(server.server);
}

test('a plain server asked to speak TLS from the first byte', async () => {
  const sink = await aMailSink();
  onTestFinished(() => sink.close());
  expect(await verdict({ port: sink.port, secure: true })).toMatchObject({ cause: 'port-without-tls' });
});

test('a certificate that proves nothing, from the first byte and after STARTTLS', async () => {
  const first = await aServer({ secure: true });
  expect(await verdict({ port: first, secure: true })).toMatchObject({ cause: 'certificate-refused' });
  const later = await aServer({ secure: false });
  expect(await verdict({ port: later, requireTLS: true })).toMatchObject({ cause: 'certificate-refused' });
});

test('a certificate that nobody has signed is taken when nobody checks it, and only then', async () => {
  const nobody = { username: '', password: '', replyTo: '', returnAddress: '', dkimSelector: '' };
  const settings = { ...nobody, from: 'a@example.org', perMinute: 60, connections: 1 };
  const port = await aServer({ secure: false });
  for (const verifyTls of [false, true]) {
    // this machine by a name that is not known to be this machine: TLS is required
    const transport = openTransport({ ...settings, host: '0.0.0.0', port, verifyTls }, waits);
    const answer: unknown = await transport.verify().catch((error: unknown) => error);
    transport.close();
    const heard = answer === true ? 'taken' : verdictOf(answer as SmtpError, false);
    expect(heard).toEqual(verifyTls ? expect.objectContaining({ cause: 'certificate-refused' }) : 'taken');
  }
});

test('a server that offers no safe connection stops the mails', async () => {
  const port = await aServer({ disabledCommands: ['STARTTLS'] });
  expect(await verdict({ port, requireTLS: true })).toEqual({ kind: 'stop', cause: 'tls-failed' });
});

test('a name that nobody has', async () => {
  expect(await verdict({ host: 'smtp.nobody.invalid', port: 587 })).toMatchObject({ cause: 'unknown-host' });
});

test('a server that takes the connection and says nothing', async () => {
  const sockets = createServer((socket) => {
    onTestFinished(() => void socket.destroy());
  });
  expect(await verdict({ port: await portOf(sockets) })).toMatchObject({ kind: 'unreachable', cause: 'timed-out' });
});

test('a port on which nobody listens', async () => {
  const closed = createServer();
  const port = await portOf(closed);
  closed.close();
  expect(await verdict({ port })).toEqual({ kind: 'unreachable', cause: 'no-connection' });
});

test('465 speaks TLS from the first byte, every other port turns to it, and plain text stays on this machine', () => {
  const rest = { username: '', password: '', replyTo: '', returnAddress: '', dkimSelector: '', verifyTls: true };
  const optionsOf = (host: string, port: number) => {
    const transport = openTransport({ ...rest, from: 'a@example.org', host, port, perMinute: 60, connections: 3 });
    transport.close();
    return transport.options;
  };
  const pooled = { pool: true, maxConnections: 3, maxRequeues: 0, socketTimeout: 60_000, greetingTimeout: 20_000 };
  const tls = (secure: boolean, requireTLS: boolean, ignoreTLS: boolean) => ({ secure, requireTLS, ignoreTLS });
  expect(optionsOf('smtp.example.org', 465)).toMatchObject({ ...pooled, ...tls(true, false, false) });
  for (const port of [25, 587, 2525])
    expect(optionsOf('smtp.example.org', port)).toMatchObject({ ...pooled, ...tls(false, true, false) });
  for (const host of ['localhost', '127.0.0.1', '127.8.9.10', '::1'])
    expect(optionsOf(host, 587)).toMatchObject(tls(false, false, true));
  for (const host of ['127.0.0.1.example.org', 'localhost.example.org', '10.0.0.1', '128.0.0.1'])
    expect(optionsOf(host, 587)).toMatchObject(tls(false, true, false));
});

/** RFC 5321 §4.2.3 and RFC 3463 §3. */
test.each([
  ['550 5.1.1 no such user', 'rejected', 'no-such-address'],
  ['550 5.1.10 null MX', 'rejected', 'no-such-address'],
  ['550 5.2.1 account disabled', 'rejected', 'no-such-address'],
  ['553 5.1.3 bad syntax', 'rejected', 'no-such-address'],
  ['550 user unknown', 'rejected', 'no-such-address'],
  ['552 5.2.2 over quota', 'rejected', 'mailbox-full'],
  ['452 4.2.2 over quota', 'deferred', 'mailbox-full'],
  ['552 5.3.4 too big', 'rejected', 'too-large'],
  ['550 5.7.1 policy', 'rejected', 'blocked'],
  ['550 5.7.26 unauthenticated', 'rejected', 'blocked'],
  ['554 transaction failed', 'rejected', 'blocked'],
  ['553 5.1.8 bad sender', 'rejected', 'sender-refused'],
  ['451 4.7.500 busy', 'deferred', 'later'],
  ['450 4.2.0 greylisted', 'deferred', 'later'],
  ['451 4.7.1 greylisting in action', 'deferred', 'later'],
  ['421 4.7.28 too many', 'deferred', 'rate-limited'],
  ['503 5.5.1 out of turn', 'deferred', 'refused'],
  ['571 nobody knows why', 'rejected', 'refused'],
] as const)('%s is %s: %s', (response, kind, cause) => {
  const error = { code: 'EENVELOPE', command: 'RCPT TO', response, responseCode: Number(response.slice(0, 3)) };
  expect(verdictOf(error, true)).toMatchObject({ kind, cause });
});

test('a sender that is refused is not called a wrong address; an answer is known by its enhanced code, where it has one', () => {
  const error = { code: 'EENVELOPE', command: 'MAIL FROM', response: '550 not you', responseCode: 550 };
  expect(verdictOf(error, true)).toMatchObject({ kind: 'rejected', cause: 'sender-refused' });
  expect(replyCodeOf('250 2.0.0 Ok: queued as 4XyZ12', 250)).toBe('2.0.0');
  expect([replyCodeOf('250 Accepted', 250), replyCodeOf(undefined, undefined)]).toEqual(['250', '']);
});

test('a connection that breaks once a mail was offered leaves it unknown, before that untried', () => {
  const broken = { code: 'ECONNECTION', command: 'CONN' };
  expect(verdictOf(broken, true)).toEqual({ kind: 'unknown', cause: 'interrupted' });
  expect(verdictOf(broken, false)).toEqual({ kind: 'unreachable', cause: 'no-connection' });
});

test('whatever a mail server, a mailbox or the DNS says has its words, in both languages', () => {
  const keys = [
    ...causes.flatMap((cause) => [`mail-cause.${cause}`, trialKey(cause)]),
    ...arrivalSentences.map((says) => `arrival.${says}`),
    ...mailboxProblems.map((problem) => `returns.problem.${problem}`),
  ];
  expect(keys.filter((key) => !isMessageKey(key))).toEqual([]);
});
