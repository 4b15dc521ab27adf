// What real servers and real failures of the way to them are called: the errors are nodemailer's own.

import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { createTransport } from 'nodemailer';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { expect, onTestFinished, test } from 'vitest';
import { aMailSink } from '../../../../tests/support/mail-sink.ts';
import { type SmtpError, verdictOf } from './outcome.ts';
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
