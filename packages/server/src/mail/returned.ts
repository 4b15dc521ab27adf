// A mail that came back, read: which delivery it was, and why (RFC 3461–3464, delivery status notifications). Anything else in
// a mailbox is none of our business: answers of people, of answering machines (RFC 3834), reports of mere delays.

import type { ParsedMail } from 'mailparser';
import { type Cause, causeOfReturn } from './outcome.ts';
import { deliveryOfAddress } from './return-address.ts';

export interface Returned {
  readonly deliveryId: string;
  readonly cause: Cause;
  readonly replyCode: string;
}

export async function parseReturned(source: Uint8Array): Promise<Returned | undefined> {
  const { simpleParser } = await import('mailparser'); // only where there is a mailbox
  // One that cannot be read is none of ours: whoever sends it must not keep those behind it from being read.
  const mail = await simpleParser(Buffer.from(source), {
    keepDeliveryStatus: true,
    skipHtmlToText: true,
    skipTextToHtml: true,
    skipImageLinks: true,
  }).catch(() => undefined);
  if (!mail) return undefined;
  const deliveryId = deliveryOf(mail);
  const why = deliveryId === undefined ? undefined : (reported(mail) ?? told(mail));
  return why && deliveryId !== undefined ? { deliveryId, ...causeOfReturn(why.status, why.diagnostic) } : undefined;
}

interface Why {
  readonly status: string;
  readonly diagnostic: string;
}

const headerText = (mail: ParsedMail, names: readonly string[]): string =>
  mail.headerLines
    .filter(({ key }) => names.includes(key))
    .map(({ line }) => line)
    .join('\n');

const contentOf = (mail: ParsedMail, type: RegExp): string | undefined => {
  const part = mail.attachments.find(({ contentType }) => type.test(contentType));
  return part?.content.toString('utf8');
};

/** Who it was sent back to says it, else the Message-ID of the mail that is enclosed: it is the id of the delivery. */
function deliveryOf(mail: ParsedMail): string | undefined {
  const addressed = headerText(mail, ['to', 'delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to']);
  const enclosed =
    contentOf(mail, /^(?:message\/(?:rfc822|global)|text\/rfc822-headers|message\/global-headers)$/) ?? '';
  const head = enclosed.split(/\r?\n\r?\n/)[0] ?? '';
  return (
    deliveryOfAddress(addressed) ?? /^Message-ID:\s*<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@/im.exec(head)?.[1]
  );
}

/** RFC 3464 §2: blocks of fields, the first about the message, each other about one recipient. */
function reported(mail: ParsedMail): Why | undefined {
  const report = contentOf(mail, /^message\/(?:global-)?delivery-status$/);
  const blocks = (report ?? '').replaceAll(/\r?\n[ \t]+/g, ' ').split(/(?:\r?\n){2,}/);
  for (const block of blocks) {
    const field = (name: string) => new RegExp(`^${name}:\\s*(.*)$`, 'im').exec(block)?.[1]?.trim() ?? '';
    if (field('Action').toLowerCase() !== 'failed') continue;
    const status = /[245]\.\d{1,3}\.\d{1,3}/.exec(field('Status'))?.[0] ?? '5.0.0';
    return { status, diagnostic: field('Diagnostic-Code') };
  }
  return undefined;
}

/** Without a report: only from a mail system, and only with a code of failure in its text. */
function told(mail: ParsedMail): Why | undefined {
  if (contentOf(mail, /delivery-status/) !== undefined) return undefined;
  if (/auto-replied/i.test(headerText(mail, ['auto-submitted']))) return undefined;
  if (!/mailer-daemon|postmaster/i.test(headerText(mail, ['from', 'return-path']))) return undefined;
  const text = mail.text ?? '';
  const status = /\b5\.\d{1,3}\.\d{1,3}\b/.exec(text)?.[0];
  const reply = /\b55\d\b/.exec(text)?.[0];
  return status === undefined && reply === undefined
    ? undefined
    : { status: status ?? '5.0.0', diagnostic: reply ?? '' };
}
