// A real mail server on loopback that takes, defers, refuses or drops what it is told to, and keeps what it took.

import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';

export type Manner = 'take' | 'defer' | 'refuse' | 'mailbox-full' | 'drop-after' | 'drop-before';

export interface Taken {
  /** Where it returns to. */
  readonly from: string;
  readonly to: string;
  readonly bytes: string;
}

export interface SinkWish {
  /** How this address is treated: asked when it is named, and again when its mail is there. */
  readonly manner?: (address: string, isNamed: boolean) => Manner;
  /** Asked for; anything else is refused. */
  readonly login?: { readonly user: string; readonly pass: string };
  readonly port?: number;
  readonly delayMs?: number;
}

export interface MailSink {
  readonly port: number;
  readonly taken: readonly Taken[];
  /** The most connections that were open at the same moment. */
  readonly mostConnections: () => number;
  /** Everything taken for one address, parsed. */
  mailsTo(address: string): Promise<ParsedMail[]>;
  close(): Promise<void>;
}

const replies = {
  defer: [450, '4.2.0 try again later'],
  refuse: [550, '5.1.1 no such user'],
  'mailbox-full': [552, '5.2.2 mailbox full'],
} as const;

const reply = ([responseCode, text]: readonly [number, string]) => Object.assign(new Error(text), { responseCode });

export async function aMailSink(wish: SinkWish = {}): Promise<MailSink> {
  const { manner = () => 'take' as const, login, delayMs = 0 } = wish;
  const taken: Taken[] = [];
  let mostConnections = 0;
  const recipient = (session: SMTPServerSession) => session.envelope.rcptTo[0]?.address ?? '';
  const sender = ({ envelope }: SMTPServerSession) => (envelope.mailFrom === false ? '' : envelope.mailFrom.address);
  const drop = (session: SMTPServerSession) => {
    for (const connection of server.connections as Set<{ session: SMTPServerSession; _socket: { destroy(): void } }>)
      if (connection.session.id === session.id) connection._socket.destroy();
  };
  const server: SMTPServer = new SMTPServer({
    disabledCommands: login ? ['STARTTLS'] : ['AUTH', 'STARTTLS'],
    allowInsecureAuth: true,
    maxClients: 100,
    closeTimeout: 200,
    onAuth: ({ username, password }, _session, done) =>
      username === login?.user && password === login?.pass
        ? done(null, { user: username })
        : done(reply([535, '5.7.8 bad credentials'])),
    onRcptTo: ({ address }, session, done) => {
      mostConnections = Math.max(mostConnections, server.connections.size);
      const found = manner(address, true);
      if (found === 'drop-before') return drop(session);
      done(found === 'take' || found === 'drop-after' ? null : reply(replies[found]));
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const to = recipient(session);
        const found = manner(to, false);
        if (found in replies) return setTimeout(() => done(reply(replies[found as 'defer'])), delayMs);
        taken.push({ from: sender(session), to, bytes: Buffer.concat(chunks).toString('utf8') });
        if (found === 'drop-after') return drop(session);
        setTimeout(() => done(), delayMs);
      });
    },
  });
  server.on('error', () => {}); // connections that are cut off
  server.listen(wish.port ?? 0, '127.0.0.1');
  await once(server.server, 'listening');
  return {
    port: (server.server.address() as AddressInfo).port,
    taken,
    mostConnections: () => mostConnections,
    mailsTo: (address) => Promise.all(taken.filter(({ to }) => to === address).map(({ bytes }) => simpleParser(bytes))),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
