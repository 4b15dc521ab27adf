// Mailings: how they stand, and the pace that all processes share.

import { sql } from 'kysely';
import type { Database, Reader, Writer } from './database.ts';
import type { Instant, MailingsTable, MailKind } from './tables.ts';

export type MailingRow = MailingsTable;

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

/** As if no mail of these kinds had been sent: what stood in them is void. */
export async function deleteMailings(tx: Writer, electionId: string, kinds: readonly MailKind[]): Promise<void> {
  await tx.deleteFrom('mailings').where('election_id', '=', electionId).where('kind', 'in', kinds).execute();
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

/** Which of these are running at this moment. */
export async function listRunning(db: Reader, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db
    .selectFrom('mailings')
    .select('id')
    .where('id', 'in', ids)
    .where('state', '=', 'running')
    .execute();
  return new Set(rows.map(({ id }) => id));
}

/** Which of these are cancelled; whoever is about to cancel one of the others waits for the end of this transaction. */
export async function lockCancelled(db: Database, tx: Writer, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const query = tx.selectFrom('mailings').select(['id', 'state']).where('id', 'in', ids).orderBy('id');
  const rows = await (db.kind === 'postgres' ? query.forNoKeyUpdate() : query).execute();
  return new Set(rows.flatMap(({ id, state }) => (state === 'cancelled' ? [id] : [])));
}

/** What running mailings wait for; empty when they wait for nothing any more. */
export async function markWaiting(tx: Writer, why: string): Promise<void> {
  await tx.updateTable('mailings').set({ why }).where('state', '=', 'running').where('why', '!=', why).execute();
}

/** Every running mailing stops, and says why. */
export async function stopRunning(tx: Writer, why: string): Promise<void> {
  await tx.updateTable('mailings').set({ state: 'stopped', why }).where('state', '=', 'running').execute();
}

/** How long the others wait for one that was killed while it was its turn. */
const turnMs = 15_000;

export interface PaceWish {
  readonly now: Instant;
  readonly perMinute: number;
  readonly wished: number;
  /** Who asks. Only one sends at a time: the mail server is promised a number of connections. */
  readonly holder: string;
}

/** How many mails may be claimed in this minute, at most `wished`; counted at once for all processes. */
export async function takePace(tx: Writer, { now, perMinute, wished, holder }: PaceWish): Promise<number> {
  const minute = now - (now % 60_000);
  const row = await tx
    .insertInto('mail_pace')
    .values({ name: 'all', minute, claimed: 0, holder: '', held_until: 0 })
    .onConflict((conflict) => conflict.column('name').doUpdateSet((old) => ({ name: old.ref('excluded.name') })))
    .returningAll()
    .executeTakeFirstOrThrow();
  if (row.holder !== holder && row.held_until > now) return 0;
  await tx
    .updateTable('mail_pace')
    .set({ holder, held_until: now + turnMs })
    .where('name', '=', 'all')
    .execute();
  const claimed = row.minute === minute ? row.claimed : 0;
  return Math.max(0, Math.min(wished, perMinute - claimed));
}

/** Whoever comes next may send. */
export async function passTurn(tx: Writer, holder: string): Promise<void> {
  await tx
    .updateTable('mail_pace')
    .set({ held_until: 0 })
    .where('name', '=', 'all')
    .where('holder', '=', holder)
    .execute();
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

/** Nothing goes out until somebody has looked. */
export async function pauseMailings(tx: Writer): Promise<void> {
  await tx.updateTable('mailings').set({ state: 'paused' }).where('state', '=', 'running').execute();
}
