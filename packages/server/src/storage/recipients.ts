// Who a mailing goes to: all who lack it and have not voted, or a part of them; nobody whose address does not exist
// (docs/decisions/081-addresses-that-do-not-exist.md).

import type { ExpressionBuilder } from 'kysely';
import type { Reader } from './database.ts';
import { withDeadAddress } from './dead-addresses.ts';
import type { MailingsTable, MailKind, Tables } from './tables.ts';

/** Which of those who lack it; everybody where nothing is said. */
export interface Audience {
  /** A building's id; null for voters without one. */
  readonly building?: string | null | undefined;
  /** Empty for voters without one. */
  readonly promotion?: string | undefined;
  /** Only those to whom it was never tried: who came onto the roll after the others had got it. */
  readonly late?: boolean | undefined;
}

/** Statuses of a mail that a voter has got, may have got, or will get. */
const onTheWay = ['queued', 'sending', 'accepted', 'deferred', 'unknown'] as const;
/** Of one that is still to come. */
const coming = ['queued', 'sending', 'deferred'] as const;
const any = [...onTheWay, 'rejected', 'cancelled'] as const;

const hasNotVoted = (on: ExpressionBuilder<Tables, 'voters'>, electionId: string) =>
  on.not(
    on.exists(
      on
        .selectFrom('signatures')
        .select('signatures.voter_id')
        .whereRef('signatures.voter_id', '=', 'voters.id')
        .where('signatures.election_id', '=', electionId),
    ),
  );

/** Of those who have not voted: the mails of others are over. */
export async function countDeadAddresses(db: Reader, electionId: string): Promise<number> {
  const row = await db
    .selectFrom('voters')
    .select((count) => count.fn.countAll<number>().as('n'))
    .where('id', 'in', withDeadAddress(electionId))
    .where((on) => hasNotVoted(on, electionId))
    .executeTakeFirstOrThrow();
  return row.n;
}

/** Of test voters who get no mail. */
const nobodys = '%@rehearsal.invalid';

function recipients(db: Reader, electionId: string, kind: MailKind, { building, promotion, late }: Audience) {
  // A reminder goes again to whoever had one, but not while another is on its way.
  const known = late === true ? any : kind === 'reminder' ? coming : onTheWay;
  return db
    .selectFrom('voters')
    .where('voters.election_id', '=', electionId)
    .where('voters.email_key', 'not like', nobodys)
    .where('voters.id', 'not in', withDeadAddress(electionId))
    .where((on) =>
      on.and([
        ...(building === undefined ? [] : [on('voters.building_id', building === null ? 'is' : '=', building)]),
        ...(promotion === undefined ? [] : [on('voters.promotion', '=', promotion)]),
        on.not(
          on.exists(
            on
              .selectFrom('deliveries')
              .select('deliveries.id')
              .whereRef('deliveries.voter_id', '=', 'voters.id')
              .where('deliveries.kind', '=', kind)
              .where('deliveries.status', 'in', known),
          ),
        ),
        hasNotVoted(on, electionId),
      ]),
    );
}

/** Ids of those a mailing of this kind would go to now; the first ones only when `limit` is given. */
export async function listRecipients(
  db: Reader,
  electionId: string,
  kind: MailKind,
  audience: Audience = {},
  limit?: number,
): Promise<string[]> {
  const query = recipients(db, electionId, kind, audience).select('voters.id').orderBy('voters.id');
  return (await (limit === undefined ? query : query.limit(limit)).execute()).map((row) => row.id);
}

export async function countRecipients(
  db: Reader,
  electionId: string,
  kind: MailKind,
  audience: Audience = {},
): Promise<number> {
  const row = await recipients(db, electionId, kind, audience)
    .select((count) => count.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  return row.n;
}

const slice = 500;

const listUnreachable = (db: Reader, ids: readonly string[]) =>
  db.selectFrom('voters').select('id').where('id', 'in', ids).where('email_key', 'like', nobodys).execute();

/** Of these voters, those whom a mail can reach and who have none of this kind coming already. */
export async function withoutComing(db: Reader, kind: MailKind, voterIds: readonly string[]): Promise<string[]> {
  const waiting = new Set<string>();
  for (let start = 0; start < voterIds.length; start += slice) {
    const rows = await db
      .selectFrom('deliveries')
      .select('voter_id')
      .where('voter_id', 'in', voterIds.slice(start, start + slice))
      .where('kind', '=', kind)
      .where('status', 'in', coming)
      .execute();
    for (const { voter_id: id } of rows) waiting.add(id);
    for (const { id } of await listUnreachable(db, voterIds.slice(start, start + slice))) waiting.add(id);
  }
  return voterIds.filter((id) => !waiting.has(id));
}

/**
 * Voters whose mail of this mailing was refused or is unknown, and who have not been sent another one since. An address that
 * does not exist is no use trying again.
 */
const undelivered = (
  db: Reader,
  { id: mailingId, election_id: electionId }: Pick<MailingsTable, 'id' | 'election_id'>,
) =>
  db
    .selectFrom('deliveries')
    .where('mailing_id', '=', mailingId)
    .where('status', 'in', ['rejected', 'unknown'])
    .where('voter_id', 'not in', withDeadAddress(electionId))
    .where((on) =>
      on.not(
        on.exists(
          on
            .selectFrom('deliveries as later')
            .select('later.id')
            .whereRef('later.voter_id', '=', 'deliveries.voter_id')
            .whereRef('later.kind', '=', 'deliveries.kind')
            .whereRef('later.round', '>', 'deliveries.round')
            .where('later.status', 'in', onTheWay),
        ),
      ),
    );

/** In the order of their ids. */
export async function listUndelivered(
  db: Reader,
  mailing: Pick<MailingsTable, 'id' | 'election_id'>,
): Promise<string[]> {
  const rows = await undelivered(db, mailing).select('voter_id').orderBy('voter_id').execute();
  return rows.map((row) => row.voter_id);
}

export async function countUndelivered(
  db: Reader,
  mailing: Pick<MailingsTable, 'id' | 'election_id'>,
): Promise<number> {
  const { n } = await undelivered(db, mailing)
    .select(({ fn }) => fn.countAll().as('n'))
    .executeTakeFirstOrThrow();
  return Number(n);
}
