// The mailbox to which mails return, read by IMAP (imapflow). Looking leaves no trace: what is not a returned mail of ours
// keeps its flags and its place; one that was understood is marked as read.

import type { ImapFlow } from 'imapflow';
import { isLoopback } from './smtp.ts';
import { deliveryOfAddress } from './return-address.ts';

export interface MailboxSettings {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly password: string;
  readonly verifyTls: boolean;
  readonly folder: string;
}

export interface MailboxPosition {
  /** UIDVALIDITY; empty before the first look. */
  readonly validity: string;
  readonly uid: number;
}

export interface Look {
  readonly from: MailboxPosition;
  /** At the first look nothing older is read. */
  readonly since: Date;
  /** Whether it was a returned mail of ours. */
  readonly take: (source: Uint8Array) => Promise<boolean>;
  readonly passed: (position: MailboxPosition) => Promise<void>;
  readonly signal: AbortSignal;
}

const timeouts = { connectionTimeout: 20_000, greetingTimeout: 20_000, socketTimeout: 60_000 };
/** Longer than any report; what is enclosed may be longer still. */
const mostBytes = 256 * 1024;
const batch = 100;
const headers = ['to', 'delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to'];

async function connectionTo(settings: MailboxSettings): Promise<ImapFlow> {
  const { host, port, username, password, verifyTls } = settings;
  const { ImapFlow } = await import('imapflow'); // few instances have a mailbox
  return new ImapFlow({
    host,
    port,
    secure: port === 993,
    // As for sending: no password in plain text but to this very machine.
    doSTARTTLS: port !== 993 && !isLoopback(host),
    tls: { rejectUnauthorized: verifyTls, minVersion: 'TLSv1.2' },
    auth: { user: username, pass: password },
    logger: false,
    disableAutoIdle: true,
    maxLiteralSize: 4 * mostBytes,
    maxResponseSize: 8 * mostBytes,
    ...timeouts,
  });
}

export async function lookInto(settings: MailboxSettings, look: Look): Promise<void> {
  const client = await connectionTo(settings);
  if (look.signal.aborted) return;
  client.on('error', () => {}); // told by the call that fails
  const close = () => client.close();
  look.signal.addEventListener('abort', close, { once: true });
  try {
    await client.connect();
    await client.mailboxOpen(settings.folder);
    await readNew(client, look);
    await client.logout();
  } finally {
    look.signal.removeEventListener('abort', close);
    client.close();
  }
}

async function readNew(client: ImapFlow, { from, since, take, passed, signal }: Look): Promise<void> {
  if (!client.mailbox) return;
  const { uidValidity, uidNext } = client.mailbox;
  const validity = String(uidValidity);
  const isKnown = from.validity === validity;
  const asked = isKnown ? { uid: `${from.uid + 1}:*` } : { since };
  // `n:*` names the last one even where it is older.
  const found = ((await client.search(asked, { uid: true })) || []).filter((uid) => !isKnown || uid > from.uid);
  const uids = found.toSorted((a, b) => a - b);
  for (let start = 0; start < uids.length && !signal.aborted; start += batch) {
    const part = uids.slice(start, start + batch);
    for (const uid of await candidates(client, part)) {
      const message = await client.fetchOne(String(uid), { source: { maxLength: mostBytes } }, { uid: true });
      const isOurs = message && message.source !== undefined && (await take(message.source));
      if (isOurs) await client.messageFlagsAdd(String(uid), ['\\Seen'], { uid: true });
    }
    await passed({ validity, uid: part.at(-1) ?? 0 });
  }
  if (uids.length === 0 && !isKnown) await passed({ validity, uid: uidNext - 1 });
}

/** Reports, and whatever is addressed to a return address of ours; nothing else is read. */
async function candidates(client: ImapFlow, uids: readonly number[]): Promise<number[]> {
  const found: number[] = [];
  const wanted = { uid: true, bodyStructure: true, headers };
  for await (const { uid, bodyStructure, headers: read } of client.fetch(uids.join(','), wanted, { uid: true }))
    if (bodyStructure?.type === 'multipart/report' || deliveryOfAddress(read?.toString('latin1') ?? '') !== undefined)
      found.push(uid);
  return found;
}
