// What a mail says: a text per kind and language, the product's own until somebody saves another. A closed list of
// placeholders; a text that would leave the voter without a way in is not saved.

import { z } from 'zod';
import type { Database, Reader } from '../storage/database.ts';
import { lockElection } from '../storage/elections.ts';
import { findMailText, insertMailText, listMailTexts } from '../storage/mail-texts.ts';
import type { MailKind } from '../storage/tables.ts';
import { recordAudit } from './audit-log.ts';
import type { Admin } from './scopes.ts';
import { nameOf, paragraphsOf } from './text.ts';

export type { MailKind };
export const mailKinds: readonly MailKind[] = ['invitation', 'link', 'code', 'reminder'];

/** How a voter gets the code: in the mail with the link, in a mail of its own, or on paper. */
export type CodeChannel = 'same-mail' | 'own-mail' | 'paper';
export const codeChannels: readonly CodeChannel[] = ['same-mail', 'own-mail', 'paper'];

const everywhere = ['first_name', 'last_name', 'election', 'opens', 'closes', 'contact', 'association'] as const;
const wayIn = ['link', 'short_address', 'key'] as const;

/** What each kind may say. The link stands only where it belongs: an invitation is no way in. */
export const placeholders: Readonly<Record<MailKind, readonly string[]>> = {
  invitation: [...everywhere, 'election_page'],
  link: [...everywhere, ...wayIn, 'code'],
  code: [...everywhere, 'code'],
  reminder: [...everywhere, ...wayIn],
};

/** What must be there, or the mail would be of no use. */
export function requiredPlaceholders(kind: MailKind, channel: CodeChannel): readonly string[] {
  if (kind === 'link') return channel === 'same-mail' ? ['link', 'code'] : ['link'];
  if (kind === 'reminder') return ['link'];
  return kind === 'code' ? ['code'] : [];
}

export const mailTextSchema = z.strictObject({ subject: nameOf(200), body: paragraphsOf(10_000) });

export type MailText = Readonly<z.infer<typeof mailTextSchema>>;

const pattern = /\{([^{}]*)\}/g;

export type TextProblem =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly reason: 'unknown-placeholder' | 'missing-placeholder';
      readonly names: readonly string[];
    };

export function checkMailText(kind: MailKind, channel: CodeChannel, { subject, body }: MailText): TextProblem {
  const used = [...`${subject}\n${body}`.matchAll(pattern)].map(([, name = '']) => name);
  const unknown = used.filter((name) => !placeholders[kind].includes(name));
  if (unknown.length > 0) return { ok: false, reason: 'unknown-placeholder', names: [...new Set(unknown)] };
  // A subject is shown on locked screens: the way in belongs into the body.
  const secret = [...subject.matchAll(pattern)]
    .map(([, name = '']) => name)
    .filter((name) => ['link', 'key', 'code'].includes(name));
  if (secret.length > 0) return { ok: false, reason: 'unknown-placeholder', names: secret };
  const missing = requiredPlaceholders(kind, channel).filter((name) => !body.includes(`{${name}}`));
  return missing.length > 0 ? { ok: false, reason: 'missing-placeholder', names: missing } : { ok: true };
}

export const fillPlaceholders = (text: string, valueOf: (name: string) => string): string =>
  text.replace(pattern, (_, name: string) => valueOf(name));

/** The text with its values; a placeholder without a value stays empty. */
export const fillText = (text: string, values: Readonly<Record<string, string>>): string =>
  fillPlaceholders(text, (name) => values[name] ?? '');

export interface TextPiece {
  readonly text: string;
  /** What stands out in a mail: the election, and what is typed. */
  readonly strong: boolean;
}

const strong: readonly string[] = ['election', 'key', 'code'];

/** The same text with its values, told apart by whether they stand out. */
export const fillPieces = (text: string, values: Readonly<Record<string, string>>): TextPiece[] =>
  text
    .split(pattern) // what stands between the placeholders, and every other time the name of one
    .map((part, n) =>
      n % 2 === 0 ? { text: part, strong: false } : { text: values[part] ?? '', strong: strong.includes(part) },
    )
    .filter((piece) => piece.text !== '');

export type SavedText =
  | { readonly ok: true; readonly version: number }
  | { readonly ok: false; readonly reason: 'unknown-election' }
  | Extract<TextProblem, { ok: false }>;

export interface TextPlace {
  readonly electionId: string;
  readonly kind: MailKind;
  readonly locale: 'en' | 'fr';
}

/** Undefined while the product's own text stands. */
export const readMailText = (db: Reader, { electionId, kind, locale }: TextPlace) =>
  findMailText(db, electionId, kind, locale);

/** Every version that was saved, newest first: each can be saved anew. */
export const listVersions = (db: Reader, { electionId, kind, locale }: TextPlace) =>
  listMailTexts(db, electionId, kind, locale);

export async function saveMailText(
  db: Database,
  actor: Admin,
  { electionId, kind, locale }: TextPlace,
  { text, channel }: { readonly text: MailText; readonly channel: CodeChannel },
): Promise<SavedText> {
  const checked = checkMailText(kind, channel, text);
  if (!checked.ok) return checked;
  return db.write(async (tx) => {
    if (!(await lockElection(db, tx, electionId))) return { ok: false, reason: 'unknown-election' };
    const former = await findMailText(tx, electionId, kind, locale);
    const version = (former?.version ?? 0) + 1;
    const saved_at = await db.now(tx);
    await insertMailText(tx, { election_id: electionId, kind, locale, version, ...text, saved_at });
    await recordAudit(db, tx, { actor, action: 'mail-text-saved', electionId, details: { kind, locale, version } });
    return { ok: true, version };
  });
}
