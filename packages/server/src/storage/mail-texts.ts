// Texts of mails as they were saved: every version stays, the highest counts.

import type { Reader, Writer } from './database.ts';
import type { MailKind, MailTextsTable } from './tables.ts';

export async function findMailText(
  db: Reader,
  electionId: string,
  kind: MailKind,
  locale: string,
): Promise<MailTextsTable | undefined> {
  return db
    .selectFrom('mail_texts')
    .selectAll()
    .where('election_id', '=', electionId)
    .where('kind', '=', kind)
    .where('locale', '=', locale)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** Newest first. */
export async function listMailTexts(
  db: Reader,
  electionId: string,
  kind: MailKind,
  locale: string,
): Promise<MailTextsTable[]> {
  return db
    .selectFrom('mail_texts')
    .selectAll()
    .where('election_id', '=', electionId)
    .where('kind', '=', kind)
    .where('locale', '=', locale)
    .orderBy('version', 'desc')
    .execute();
}

export async function insertMailText(tx: Writer, text: MailTextsTable): Promise<void> {
  await tx.insertInto('mail_texts').values(text).execute();
}
