// One mail as bytes: text and HTML, the same words in both. No remote image, no tracking, no address but the voter's way in,
// written out so that it can be read and typed. The bytes live for the length of a sending and are stored nowhere.

import type { MailKind } from '../domain/mail-texts.ts';
import { fillPieces, fillText, type TextPiece } from '../domain/mail-texts.ts';
import { translatorFor } from '../messages/translate.ts';
import { letterHtml, type LetterSheet } from './letter-markup.ts';
import type { MailOptions, SmtpSettings } from './smtp.ts';

export interface Letter extends LetterSheet {
  readonly kind: MailKind | 'test' | 'password';
  /** Of a rehearsal. */
  readonly isTest?: boolean | undefined;
  readonly to: { readonly name: string; readonly address: string };
  /** With placeholders. */
  readonly text: { readonly subject: string; readonly body: string };
}

export interface ComposedLetter {
  readonly subject: string;
  readonly plain: string;
  readonly html: string;
}

/**
 * Who writes, what the product itself has to say, then paragraphs, parted by an empty line. One that is only the link or only
 * the code stands out.
 */
export type LetterPart =
  | { readonly kind: 'head'; readonly text: string }
  | { readonly kind: 'notice'; readonly text: string }
  | { readonly kind: 'text'; readonly pieces: readonly TextPiece[] }
  | { readonly kind: 'link'; readonly href: string; readonly label: string }
  | { readonly kind: 'code'; readonly code: string };

function partOf(paragraph: string, { values, link, buttonLabel, notices }: Letter): LetterPart {
  if (notices?.includes(paragraph)) return { kind: 'notice', text: paragraph };
  const alone = paragraph.trim();
  if (alone === '{link}' && link !== undefined) return { kind: 'link', href: link, label: buttonLabel };
  if (alone === '{code}') return { kind: 'code', code: values['code'] ?? '' };
  return { kind: 'text', pieces: fillPieces(paragraph, values) };
}

const bodyOf = ({ text, notices = [] }: Letter): string => [...notices, text.body].join('\n\n');

/** For showing it on a page. */
export const partsOf = (letter: Letter): readonly LetterPart[] => [
  { kind: 'head', text: letter.organisation },
  ...bodyOf(letter)
    .split(/\n{2,}/)
    .map((paragraph) => partOf(paragraph, letter)),
];

export function composeLetter(letter: Letter): ComposedLetter {
  const { text, values, organisation, notices = [], isTest } = letter;
  const filled = fillText(text.subject, values)
    .replace(/[ \t\n\v\f\r]+/g, ' ')
    .trim();
  // A rehearsal's name says it already, where the subject begins with it.
  const subject = isTest === true && !filled.startsWith('TEST') ? `[TEST] ${filled}` : filled;
  return {
    subject,
    plain: `${[organisation, ...notices, fillText(text.body, values)].join('\n\n')}\n`,
    html: letterHtml(letter, subject, bodyOf(letter)),
  };
}

function unsubscribing({ locale, contactEmail }: Letter, subject: string): string {
  const wish = translatorFor(locale)('mail.unsubscribe', { subject });
  return `<mailto:${contactEmail}?subject=${encodeURIComponent(wish)}>`;
}

const domainOf = (address: string): string => address.split('@').at(-1) ?? 'localhost';

type Sender = Pick<SmtpSettings, 'from' | 'fromName' | 'replyTo'>;

/** As programs list it: a name that was chosen for mails, else the organisation’s. */
export const senderName = (organisation: string, { fromName = '' }: Pick<SmtpSettings, 'fromName'>): string =>
  fromName === '' ? organisation : fromName;

/**
 * RFC 5322 message, for nodemailer to write. `id` gives the fixed Message-ID: a mail that went out twice all the same is shown
 * once by many programs.
 */
export function messageOf(letter: Letter, settings: Sender, id: string): MailOptions {
  const { subject, plain, html } = composeLetter(letter);
  return {
    from: { name: senderName(letter.organisation, settings), address: settings.from },
    to: { name: letter.to.name, address: letter.to.address },
    // Nobody reads what is answered to an address that only sends.
    replyTo: settings.replyTo === '' ? letter.contactEmail : settings.replyTo,
    subject,
    text: plain,
    html,
    messageId: `<${id}@${domainOf(settings.from)}>`,
    // RFC 3834: no answering machine should answer. Exchange wants to hear it in its own words.
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'OOF, AutoReply',
      'Content-Language': letter.locale,
      ...(letter.kind === 'reminder' && { 'List-Unsubscribe': unsubscribing(letter, subject) }),
    },
    textEncoding: 'quoted-printable',
  };
}
