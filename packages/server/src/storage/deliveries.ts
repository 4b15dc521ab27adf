// The outbox: one row per voter, kind and round. A delivery changes hands only by its status: whoever wrote `sending` sends.

import { sql } from 'kysely';
import type { Database, Reader, Writer } from './database.ts';
import type { DeliveriesTable, Instant, MailKind } from './tables.ts';

export type DeliveryRow = DeliveriesTable;

// Written out: SQLite looks into an index of some rows only where it can see, before any value is bound, that it holds them.
const waiting = [sql.lit('queued' as const), sql.lit('deferred' as const)];
const sending = sql.lit('sending' as const);

/** The number of the next round of this kind. */
export async function nextRound(db: Reader, electionId: string, kind: MailKind): Promise<number> {
  const row = await db
    .selectFrom('deliveries')
    .select((max) => max.fn.max('round').as('round'))
    .where('election_id', '=', electionId)
    .where('kind', '=', kind)
    .executeTakeFirst();
  return (row?.round ?? 0) + 1;
}

const chunk = 500;

export async function insertDeliveries(tx: Writer, rows: readonly DeliveryRow[]): Promise<number> {
  let inserted = 0;
  for (let start = 0; start < rows.length; start += chunk) {
    const done = await tx
      .insertInto('deliveries')
      .values(rows.slice(start, start + chunk))
      .onConflict((conflict) => conflict.columns(['election_id', 'voter_id', 'kind', 'round']).doNothing())
      .returning('id')
      .execute();
    inserted += done.length;
  }
  return inserted;
}

/**
 * Whether a round of the postman would find anything: read only, so that an idle server writes nothing. What waits in a mailing
 * that was paused or has stopped is nothing to do.
 */
export async function hasMailWork(db: Reader, now: Instant): Promise<boolean> {
  const running = db.selectFrom('mailings').select('id').where('state', '=', 'running');
  const due = await db
    .selectFrom('deliveries')
    .select('id')
    .where((or) =>
      or.or([
        or.and([or('status', 'in', waiting), or('due_at', '<=', now), or('mailing_id', 'in', running)]),
        or.and([or('status', '=', sending), or('lease_until', '<', now)]),
      ]),
    )
    .limit(1)
    .executeTakeFirst();
  return due !== undefined;
}

/** Takes up to `most` due deliveries of running mailings; nobody else gets them. */
export async function claimDeliveries(
  db: Database,
  tx: Writer,
  { now, leaseUntil, most }: { readonly now: Instant; readonly leaseUntil: Instant; readonly most: number },
): Promise<DeliveryRow[]> {
  return tx
    .with(
      // Looked for once: PostgreSQL could otherwise lock more rows than it takes.
      (cte) => cte('due').materialized(),
      (from) => {
        const due = from
          .selectFrom('deliveries')
          .innerJoin('mailings', 'mailings.id', 'deliveries.mailing_id')
          .select('deliveries.id')
          .where('deliveries.status', 'in', waiting)
          .where('deliveries.due_at', '<=', now)
          .where('mailings.state', '=', 'running')
          .orderBy('deliveries.due_at')
          .limit(most);
        return db.kind === 'postgres' ? due.forUpdate('deliveries').skipLocked() : due;
      },
    )
    .updateTable('deliveries')
    .set((row) => ({ status: 'sending', lease_until: leaseUntil, changed_at: now, attempts: row('attempts', '+', 1) }))
    .where('id', 'in', (from) => from.selectFrom('due').select('id'))
    .returningAll()
    .execute();
}

export type Outcome = Pick<DeliveryRow, 'id' | 'status' | 'cause' | 'reply_code' | 'due_at'> & {
  /** The attempt did not reach the mail server and does not count. */
  readonly untried?: boolean;
};

/** Only a delivery that is still `sending` takes an outcome: one whose lease ran out has become unknown. */
export async function saveOutcomes(tx: Writer, outcomes: readonly Outcome[], now: Instant): Promise<void> {
  // Most of them are alike, and one statement does for all of these.
  const alike = Map.groupBy(outcomes, (outcome) =>
    JSON.stringify({ ...outcome, id: '', due_at: outcome.status === 'deferred' ? outcome.due_at : 0 }),
  );
  for (const group of alike.values()) {
    const { status, cause, reply_code, due_at, untried } = group[0]!;
    await tx
      .updateTable('deliveries')
      .set((row) => ({
        status,
        cause,
        reply_code,
        ...(status === 'deferred' && { due_at }),
        lease_until: null,
        changed_at: now,
        ...(untried && { attempts: row('attempts', '-', 1) }),
      }))
      .where(
        'id',
        'in',
        group.map(({ id }) => id),
      )
      .where('status', '=', 'sending')
      .execute();
  }
}

/** Whoever was sending these is gone: nobody knows whether they arrived. */
export async function expireLeases(tx: Writer, now: Instant): Promise<number> {
  const rows = await tx
    .updateTable('deliveries')
    .set({ status: 'unknown', cause: 'interrupted', lease_until: null, changed_at: now })
    .where('status', '=', sending)
    .where('lease_until', '<', now)
    .returning('id')
    .execute();
  return rows.length;
}

export async function cancelWaiting(tx: Writer, mailingId: string, now: Instant): Promise<void> {
  await tx
    .updateTable('deliveries')
    .set({ status: 'cancelled', cause: 'mailing-cancelled', changed_at: now })
    .where('mailing_id', '=', mailingId)
    .where('status', 'in', waiting)
    .execute();
}

/** A mail that the server had taken came back. Whether it was one of ours that could still come back. */
export async function markReturned(
  tx: Writer,
  { id, cause, replyCode }: { readonly id: string; readonly cause: string; readonly replyCode: string },
  now: Instant,
): Promise<boolean> {
  const rows = await tx
    .updateTable('deliveries')
    .set({ status: 'rejected', cause, reply_code: replyCode, changed_at: now })
    .where('id', '=', id)
    .where('status', 'in', ['accepted', 'unknown'])
    .returning('id')
    .execute();
  return rows.length > 0;
}

/** The mails of one voter, the newest round first. */
export async function listDeliveriesOfVoter(db: Reader, voterId: string): Promise<DeliveryRow[]> {
  return db
    .selectFrom('deliveries')
    .selectAll()
    .where('voter_id', '=', voterId)
    .orderBy('kind')
    .orderBy('round', 'desc')
    .execute();
}

/** A mail that was tried at an address which is no longer the voter's is not tried there again; that it was refused there says
 * nothing of the new one. */
export async function cancelTried(tx: Writer, voterId: string, now: Instant): Promise<void> {
  await tx
    .updateTable('deliveries')
    .set({ status: 'cancelled', cause: 'address-changed', changed_at: now })
    .where('voter_id', '=', voterId)
    .where('status', 'in', ['deferred', 'rejected'])
    .execute();
}

export type Counts = Readonly<Partial<Record<DeliveryRow['status'], number>>>;

/** Of all elections. Cancelled ones are nobody's business: among them are reminders to whoever had voted meanwhile. */
export type OutboxCounts = Readonly<Partial<Record<(typeof outboxStates)[number], number>>>;
const outboxStates = ['queued', 'sending', 'deferred', 'accepted', 'rejected', 'unknown'] as const;

export async function countOutbox(db: Reader): Promise<OutboxCounts> {
  const rows = await db
    .selectFrom('deliveries')
    .select(['status', (count) => count.fn.countAll<number>().as('n')])
    .where('status', 'in', outboxStates)
    .groupBy('status')
    .execute();
  const found = new Map<string, number>(rows.map(({ status, n }) => [status, n]));
  return Object.fromEntries(outboxStates.map((state) => [state, found.get(state) ?? 0]));
}

export async function countDeliveries(db: Reader, mailingId: string): Promise<Counts> {
  const rows = await db
    .selectFrom('deliveries')
    .select(['status', (count) => count.fn.countAll<number>().as('n')])
    .where('mailing_id', '=', mailingId)
    .groupBy('status')
    .execute();
  return Object.fromEntries(rows.map(({ status, n }) => [status, n]));
}

/** Why deliveries of a mailing did not arrive, with how often. */
export async function countCauses(
  db: Reader,
  mailingId: string,
): Promise<{ cause: string; status: DeliveryRow['status']; n: number }[]> {
  return db
    .selectFrom('deliveries')
    .select(['cause', 'status', (count) => count.fn.countAll<number>().as('n')])
    .where('mailing_id', '=', mailingId)
    .where('cause', '!=', '')
    .groupBy(['cause', 'status'])
    .orderBy('n', 'desc')
    .execute();
}

/** How the first mails of a mailing went. */
export async function countSettled(db: Reader, mailingId: string): Promise<{ accepted: number; rejected: number }> {
  const rows = await db
    .selectFrom('deliveries')
    .select(['status', (count) => count.fn.countAll<number>().as('n')])
    .where('mailing_id', '=', mailingId)
    .where('status', 'in', ['accepted', 'rejected'])
    .groupBy('status')
    .execute();
  const of = (status: string) => rows.find((row) => row.status === status)?.n ?? 0;
  return { accepted: of('accepted'), rejected: of('rejected') };
}

export interface Recipient extends DeliveryRow {
  first_name: string;
  last_name: string;
  email: string;
}

/** The recipients of a mailing, those with something to tell first; one status when it is asked for. */
export async function listDeliveries(
  db: Reader,
  mailingId: string,
  page: { readonly status?: DeliveryRow['status'] | undefined; readonly limit: number; readonly offset: number },
): Promise<Recipient[]> {
  let query = db
    .selectFrom('deliveries')
    .innerJoin('voters', 'voters.id', 'deliveries.voter_id')
    .selectAll('deliveries')
    .select(['voters.first_name', 'voters.last_name', 'voters.email'])
    .where('mailing_id', '=', mailingId);
  if (page.status) query = query.where('deliveries.status', '=', page.status);
  return query
    .orderBy(sql`CASE WHEN deliveries.cause = '' THEN 1 ELSE 0 END`)
    .orderBy('voters.sort_key')
    .orderBy('deliveries.id')
    .limit(page.limit)
    .offset(page.offset)
    .execute();
}
