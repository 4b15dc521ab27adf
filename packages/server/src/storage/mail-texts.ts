// Texts of mails as they were saved: every version stays, the highest counts.

import type { Reader, Writer } from './database.ts';
import type { MailKind, MailTextsTable } from './tables.ts';

/** The text of a kind of mail in a language. */
type Place = readonly [electionId: string, kind: MailKind, locale: string];

const newestFirst = (db: Reader, [electionId, kind, locale]: Place) =>
  db
    .selectFrom('mail_texts')
    .selectAll()
    .where('election_id', '=', electionId)
    .where('kind', '=', kind)
    .where('locale', '=', locale)
    .orderBy('version', 'desc');

export const findMailText = (db: Reader, ...place: Place): Promise<MailTextsTable | undefined> =>
  newestFirst(db, place).limit(1).executeTakeFirst();

/** Newest first. */
export const listMailTexts = (db: Reader, ...place: Place): Promise<MailTextsTable[]> =>
  newestFirst(db, place).execute();

export async function insertMailText(tx: Writer, text: MailTextsTable): Promise<void> {
  await tx.insertInto('mail_texts').values(text).execute();
}
