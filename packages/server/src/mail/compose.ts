// One mail as bytes: text and HTML, the same words in both. No remote image, no tracking, no address but the voter's way in,
// written out so that it can be read and typed. The bytes live for the length of a sending and are stored nowhere.

import type { MailKind } from '../domain/mail-texts.ts';
import { fillText } from '../domain/mail-texts.ts';
import type { MailOptions, SmtpSettings } from './smtp.ts';

export interface Letter {
  readonly kind: MailKind | 'test';
  readonly locale: 'en' | 'fr';
  readonly to: { readonly name: string; readonly address: string };
  readonly organisation: string;
  /** With placeholders. */
  readonly text: { readonly subject: string; readonly body: string };
  readonly values: Readonly<Record<string, string>>;
  /** Absolute; shown as a button above its own text. */
  readonly link?: string | undefined;
  readonly buttonLabel: string;
  readonly contactEmail: string;
}

export interface ComposedLetter {
  readonly subject: string;
  readonly parts: readonly LetterPart[];
  readonly plain: string;
  readonly html: string;
}

const escape = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`).replaceAll('\n', '<br>');

/** Mail programs know neither style sheets nor our tokens: the few colours stand here, for light and dark. */
const style = `
  body { margin: 0; background: #faf6ee; color: #211d16; font: 16px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; }
  .letter { max-width: 34rem; margin: 0 auto; padding: 1.5rem 1.25rem 2.5rem; }
  p { margin: 0 0 1rem; }
  .button { display: inline-block; padding: 0.75rem 1.25rem; border-radius: 0.5rem; background: #1f4a86; color: #ffffff; text-decoration: none; font-weight: 600; }
  .naked { word-break: break-all; }
  .code { font-size: 1.5rem; letter-spacing: 0.2em; font-weight: 600; }
  a { color: #1f4a86; }
  @media (prefers-color-scheme: dark) {
    body { background: #16130e; color: #f3ecdf; }
    .button { background: #9cc2f3; color: #0d1a2c; }
    a { color: #9cc2f3; }
  }`;

/** Paragraphs are parted by an empty line. One that is only the link or only the code stands out. */
export type LetterPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'link'; readonly href: string; readonly label: string }
  | { readonly kind: 'code'; readonly code: string };

function partOf(paragraph: string, { values, link, buttonLabel }: Letter): LetterPart {
  const alone = paragraph.trim();
  if (alone === '{link}' && link !== undefined) return { kind: 'link', href: link, label: buttonLabel };
  if (alone === '{code}') return { kind: 'code', code: values['code'] ?? '' };
  return { kind: 'text', text: fillText(paragraph, values) };
}

function markup(part: LetterPart): string {
  if (part.kind === 'code') return `<p class="code">${escape(part.code)}</p>`;
  if (part.kind === 'text') return `<p>${escape(part.text)}</p>`;
  const href = escape(part.href);
  return `<p><a class="button" href="${href}">${escape(part.label)}</a></p><p class="naked"><a href="${href}">${href}</a></p>`;
}

export function composeLetter(letter: Letter): ComposedLetter {
  const { text, values, locale } = letter;
  const subject = fillText(text.subject, values).replace(/\s+/g, ' ').trim();
  const parts = text.body.split(/\n{2,}/).map((paragraph) => partOf(paragraph, letter));
  const html = `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><title>${escape(subject)}</title><style>${style}</style></head><body><div class="letter">${parts.map(markup).join('')}</div></body></html>`;
  return { subject, parts, plain: `${fillText(text.body, values)}\n`, html };
}

const domainOf = (address: string): string => address.split('@').at(-1) ?? 'localhost';

/**
 * RFC 5322 message, for nodemailer to write. `id` gives the fixed Message-ID: a mail that went out twice all the same is shown
 * once by many programs.
 */
export function messageOf(letter: Letter, settings: Pick<SmtpSettings, 'from' | 'replyTo'>, id: string): MailOptions {
  const { subject, plain, html } = composeLetter(letter);
  const unsubscribe = `<mailto:${letter.contactEmail}?subject=${encodeURIComponent(`Unsubscribe: ${subject}`)}>`;
  return {
    from: { name: letter.organisation, address: settings.from },
    to: { name: letter.to.name, address: letter.to.address },
    ...(settings.replyTo !== '' && { replyTo: settings.replyTo }),
    subject,
    text: plain,
    html,
    messageId: `<${id}@${domainOf(settings.from)}>`,
    // RFC 3834: no answering machine should answer.
    headers: {
      'Auto-Submitted': 'auto-generated',
      'Content-Language': letter.locale,
      ...(letter.kind === 'reminder' && { 'List-Unsubscribe': unsubscribe }),
    },
    textEncoding: 'quoted-printable',
  };
}
