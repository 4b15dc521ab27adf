// The mail server of a demonstration: it takes every mail by SMTP, on this machine alone, delivers none, and keeps the last
// ones in memory. What it keeps is a stranger's: whoever shows it must not trust it.

import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { CaughtMails } from '../../http/deps.ts';
import type { DemoMailView } from '../../views/demo-mails.ts';

const host = '127.0.0.1';
const mostBytes = 1_000_000;
const mostMails = 2000;

export interface MailCatcher extends CaughtMails {
  readonly port: number;
  close(): Promise<void>;
}

/** The clock is the demonstration's, which is set back while it is filled. */
export async function catchMails(now: () => number = Date.now): Promise<MailCatcher> {
  const caught: DemoMailView[] = [];
  const counter = { taken: 0 };
  const keep = async (bytes: Buffer, to: string) => {
    const parsed = await simpleParser(bytes, { skipHtmlToText: true, skipTextToHtml: true, skipTextLinks: true });
    counter.taken++;
    caught.unshift(mailOf(parsed, bytes, { id: String(counter.taken), at: now(), to }));
    caught.length = Math.min(caught.length, mostMails);
  };
  const take = async (
    stream: SMTPServerDataStream,
    session: SMTPServerSession,
    done: (error?: Error) => void,
  ): Promise<void> => {
    try {
      await keep(await read(stream), recipientsOf(session));
    } catch (error) {
      return done(error as Error);
    }
    done();
  };
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: mostBytes,
    closeTimeout: 500,
    onData: (stream, session, done) => void take(stream, session, done),
  });
  server.on('error', () => {}); // connections that are cut off
  server.listen(0, host);
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return {
    port,
    address: `${host}:${port}`,
    list: () => caught,
    find: (id) => caught.find((mail) => mail.id === id),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

const recipientsOf = ({ envelope }: SMTPServerSession): string =>
  envelope.rcptTo.map(({ address }) => address).join(', ');

async function read(stream: SMTPServerDataStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= mostBytes) chunks.push(chunk);
  }
  if (size > mostBytes) throw Object.assign(new Error('5.3.4 message too big'), { responseCode: 552 });
  return Buffer.concat(chunks);
}

function mailOf(
  parsed: ParsedMail,
  bytes: Buffer,
  known: Pick<DemoMailView, 'id' | 'at'> & { readonly to: string },
): DemoMailView {
  const [sender] = parsed.from?.value ?? [];
  const end = bytes.indexOf('\r\n\r\n');
  return {
    ...known,
    from: parsed.from?.text ?? '',
    sender: sender?.name || sender?.address || '',
    subject: parsed.subject ?? '',
    head: bytes.subarray(0, end === -1 ? bytes.length : end).toString('utf8'),
    text: parsed.text ?? '',
    html: parsed.html || '',
  };
}
