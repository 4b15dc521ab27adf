// The mail server: a pool of connections by nodemailer. Port 465 speaks TLS from the first byte, everything else must turn to
// TLS (RFC 3207) before it hears the password or a mail; plain text only to this very machine.

import { createTransport, type SendMailOptions } from 'nodemailer';

export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  /** Empty for a server that asks for none. */
  readonly username: string;
  readonly password: string;
  readonly from: string;
  /** Empty or left out: the organisation's name. */
  readonly fromName?: string;
  /** Empty: the contact. */
  readonly replyTo: string;
  readonly verifyTls: boolean;
  /** Mails a minute, by all processes together. */
  readonly perMinute: number;
  readonly connections: number;
  /** Under which name the sender's DKIM key is published; empty where nobody has said one. */
  readonly dkimSelector: string;
  /** Where mails return to that cannot be delivered; empty for the sender. */
  readonly returnAddress: string;
}

const timeouts = { connectionTimeout: 20_000, greetingTimeout: 20_000, socketTimeout: 60_000, dnsTimeout: 10_000 };

export const isLoopback = (host: string): boolean => /^(?:localhost|127(?:\.\d{1,3}){3}|::1|\[::1\])$/i.test(host);

/** Whether a connection has taken a mail up: from then on, without an answer, nobody can say whether it arrived. */
export interface Offer {
  isTaken: boolean;
  /** Taken back before that: no connection may take it up any more. */
  isRevoked: boolean;
}

export function openTransport(settings: SmtpSettings, waits = timeouts) {
  const transport = createTransport({
    pool: true,
    host: settings.host,
    port: settings.port,
    secure: settings.port === 465,
    requireTLS: settings.port !== 465 && !isLoopback(settings.host),
    // This machine's own server has a certificate for another name, if any.
    ignoreTLS: settings.port !== 465 && isLoopback(settings.host),
    tls: { rejectUnauthorized: settings.verifyTls, minVersion: 'TLSv1.2' },
    ...(settings.username !== '' && { auth: { user: settings.username, pass: settings.password } }),
    ...waits,
    maxConnections: settings.connections,
    // Never by itself again: after a broken connection nobody knows whether the mail arrived.
    maxRequeues: 0,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  transport.use('stream', ({ data, message }, done) => {
    // The message is made a stream when a connection stands and asks for it, not before.
    message.processFunc((stream) => {
      const { offer } = data as { readonly offer?: Offer };
      if (offer?.isRevoked) return stream.destroy(new Error('The mail was taken back.'));
      if (offer) offer.isTaken = true;
      return stream;
    });
    done();
  });
  return transport;
}

/** A message as nodemailer writes it. */
export type MailOptions = SendMailOptions & { readonly offer?: Offer };
export type MailTransport = ReturnType<typeof openTransport>;
