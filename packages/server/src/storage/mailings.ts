// Mailings: who gets them, how they stand, and the pace that all processes share.

import { sql } from 'kysely';
import type { Reader, Writer } from './database.ts';
import type { Instant, MailingsTable, MailKind } from './tables.ts';

export type MailingRow = MailingsTable;

/** Statuses of a mail that a voter has got, may have got, or will get. */
const onTheWay = ['queued', 'sending', 'accepted', 'deferred', 'unknown'] as const;
const waiting = ['queued', 'deferred'] as const;

export async function insertMailing(tx: Writer, mailing: MailingRow): Promise<void> {
  await tx.insertInto('mailings').values(mailing).execute();
}

export async function findMailing(db: Reader, id: string): Promise<MailingRow | undefined> {
  return db.selectFrom('mailings').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Newest first. */
export async function listMailings(db: Reader, electionId: string): Promise<MailingRow[]> {
  return db
    .selectFrom('mailings')
    .selectAll()
    .where('election_id', '=', electionId)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute();
}

export async function updateMailing(
  tx: Writer,
  id: string,
  values: Partial<Pick<MailingRow, 'state' | 'why'>>,
): Promise<void> {
  await tx.updateTable('mailings').set(values).where('id', '=', id).execute();
}

/** Voters of an election who have neither got this kind of mail nor have it coming. */
function lacking(db: Reader, electionId: string, kind: MailKind) {
  return db
    .selectFrom('voters')
    .where('voters.election_id', '=', electionId)
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom('deliveries')
            .select('deliveries.id')
            .whereRef('deliveries.voter_id', '=', 'voters.id')
            .where('deliveries.kind', '=', kind)
            .where('deliveries.status', 'in', onTheWay),
        ),
      ),
    );
}

/** Voters who have not signed. Reminders go to them, whatever they got before. */
function unsigned(db: Reader, electionId: string) {
  return db
    .selectFrom('voters')
    .leftJoin('signatures', (on) =>
      on.onRef('signatures.election_id', '=', 'voters.election_id').onRef('signatures.voter_id', '=', 'voters.id'),
    )
    .where('voters.election_id', '=', electionId)
    .where('signatures.voter_id', 'is', null);
}

/** Ids of those a mailing of this kind would go to now. */
export async function listRecipients(db: Reader, electionId: string, kind: MailKind): Promise<string[]> {
  const chosen =
    kind === 'reminder'
      ? unsigned(db, electionId).select('voters.id').orderBy('voters.id')
      : lacking(db, electionId, kind).select('voters.id').orderBy('voters.id');
  return (await chosen.execute()).map((row) => row.id);
}

/** Mailings of which nothing waits or is on its way any more are finished. */
export async function finishMailings(tx: Writer): Promise<void> {
  await tx
    .updateTable('mailings')
    .set({ state: 'finished', why: '' })
    .where('state', '=', 'running')
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom('deliveries')
            .select('deliveries.id')
            .whereRef('deliveries.mailing_id', '=', 'mailings.id')
            .where('deliveries.status', 'in', [...waiting, 'sending']),
        ),
      ),
    )
    .execute();
}

/** What running mailings wait for; empty when they wait for nothing any more. */
export async function markWaiting(tx: Writer, why: string): Promise<void> {
  await tx.updateTable('mailings').set({ why }).where('state', '=', 'running').where('why', '!=', why).execute();
}

/** Every running mailing stops, and says why. */
export async function stopRunning(tx: Writer, why: string): Promise<void> {
  await tx.updateTable('mailings').set({ state: 'stopped', why }).where('state', '=', 'running').execute();
}

/** How many mails may be claimed in this minute, at most `wished`; counted at once for all processes. */
export async function takePace(
  tx: Writer,
  { now, perMinute, wished }: { readonly now: Instant; readonly perMinute: number; readonly wished: number },
): Promise<number> {
  const minute = now - (now % 60_000);
  const row = await tx
    .insertInto('mail_pace')
    .values({ name: 'all', minute, claimed: 0 })
    .onConflict((conflict) => conflict.column('name').doUpdateSet((old) => ({ name: old.ref('excluded.name') })))
    .returningAll()
    .executeTakeFirstOrThrow();
  const claimed = row.minute === minute ? row.claimed : 0;
  return Math.max(0, Math.min(wished, perMinute - claimed));
}

export async function countPace(tx: Writer, now: Instant, taken: number): Promise<void> {
  const minute = now - (now % 60_000);
  await tx
    .updateTable('mail_pace')
    .set((row) => ({
      minute,
      claimed: sql<number>`CASE WHEN ${row.ref('minute')} = ${minute} THEN ${row.ref('claimed')} + ${taken} ELSE ${taken} END`,
    }))
    .where('name', '=', 'all')
    .execute();
}
