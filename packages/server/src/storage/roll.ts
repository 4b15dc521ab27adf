// The roll as its page reads it: filtered, sorted, a page at a time. Ids first, by an index in the order asked for, the rest
// of a row only for those on the page (docs/decisions/036-a-roll-of-a-hundred-thousand.md).

import { type ExpressionBuilder, sql } from 'kysely';
import type { Reader } from './database.ts';
import { inMailState, type MailFilter } from './mail-states.ts';
import { findRollCount, type RollCountRow } from './roll-counts.ts';
import type { Instant, Tables } from './tables.ts';

export interface RollFilter {
  /** Each of them stands somewhere in name or address; normalised like the search key. */
  readonly words: readonly string[];
  /** A building's id; null for voters without one. */
  readonly building?: string | null | undefined;
  /** Empty for voters without one. */
  readonly promotion?: string | undefined;
  readonly voted?: boolean | undefined;
  readonly mail?: MailFilter | undefined;
  /** Only those whose code is paused at this instant. */
  readonly lockedAt?: Instant | undefined;
}

const orders = {
  name: ['sort_key', 'id'],
  email: ['email_key', 'id'],
  promotion: ['promotion', 'sort_key', 'id'],
  added: ['added_at', 'id'],
} as const;

export type RollOrder = keyof typeof orders;
export const rollOrders = Object.keys(orders) as readonly RollOrder[];

export interface RollPage {
  readonly order: RollOrder;
  readonly descending: boolean;
  readonly limit: number;
  readonly offset: number;
  /** Few match: they are found by one walk and sorted, not looked for along the whole index of the order. */
  readonly few: boolean;
}

const anywhere = (word: string) => `%${word.replace(/[\\%_]/g, String.raw`\$&`)}%`;

function matching(on: ExpressionBuilder<Tables, 'voters'>, electionId: string, filter: RollFilter) {
  const { words, building, promotion, voted, mail, lockedAt } = filter;
  const signed = on.selectFrom('signatures').select('voter_id').where('signatures.election_id', '=', electionId);
  // Not `not in`: PostgreSQL would walk a long signing list for every voter.
  const hasVoted = (is: boolean) =>
    is ? on('voters.id', 'in', signed) : on.not(on.exists(signed.whereRef('signatures.voter_id', '=', 'voters.id')));
  const locked = (at: Instant) => on.selectFrom('code_failures').select('voter_id').where('locked_until', '>', at);
  return on.and([
    on('voters.election_id', '=', electionId),
    ...words.map((word) => sql<boolean>`voters.search_key LIKE ${anywhere(word)} ESCAPE '\\'`),
    ...(building === undefined ? [] : [on('voters.building_id', building === null ? 'is' : '=', building)]),
    ...(promotion === undefined ? [] : [on('voters.promotion', '=', promotion)]),
    ...(voted === undefined ? [] : [hasVoted(voted)]),
    ...(mail === undefined ? [] : [inMailState(on, electionId, mail)]),
    ...(lockedAt === undefined ? [] : [on('voters.id', 'in', locked(lockedAt))]),
  ]);
}

/** Everyone, a building or a promotion: their numbers are kept (storage/roll-counts.ts). Undefined for other filters. */
function keptGroup({
  words,
  building,
  promotion,
  ...others
}: RollFilter): Pick<RollCountRow, 'kind' | 'name'> | undefined {
  if (words.length > 0 || Object.values(others).some((wish) => wish !== undefined)) return undefined;
  if (building !== undefined && promotion !== undefined) return undefined;
  if (building !== undefined) return { kind: 'building', name: building ?? '' };
  return promotion === undefined ? { kind: 'all', name: '' } : { kind: 'promotion', name: promotion };
}

export async function countRoll(db: Reader, electionId: string, filter: RollFilter): Promise<number> {
  const group = keptGroup(filter);
  if (group) return findRollCount(db, electionId, group);
  const row = await db
    .selectFrom('voters')
    .select((count) => count.fn.countAll<number>().as('n'))
    .where((on) => matching(on, electionId, filter))
    .executeTakeFirstOrThrow();
  return row.n;
}

/** The ids of a page, in its order. */
export async function listRollIds(
  db: Reader,
  electionId: string,
  filter: RollFilter,
  { order, descending, limit, offset, few }: RollPage,
): Promise<string[]> {
  let query = db
    .selectFrom('voters')
    .select('voters.id')
    .where((on) => matching(on, electionId, filter));
  for (const column of orders[order]) {
    const direction = descending ? 'desc' : 'asc';
    const value = sql.ref(`voters.${column}`);
    // An expression, which no index is sorted by.
    const sorted = column === 'added_at' ? sql`${value} + 0` : sql`${value} || ''`;
    query = few ? query.orderBy(sorted, direction) : query.orderBy(`voters.${column}`, direction);
  }
  return (await query.limit(limit).offset(offset).execute()).map(({ id }) => id);
}

export interface RollPlace {
  readonly sort_key: string;
  readonly id: string;
}

/** The next of those that match, in the order of their names, after this place. */
export async function listRollAfter(
  db: Reader,
  electionId: string,
  filter: RollFilter,
  after: RollPlace,
  limit: number,
): Promise<RollPlace[]> {
  const { sort_key, id } = after;
  return db
    .selectFrom('voters')
    .select(['voters.id', 'voters.sort_key'])
    .where((on) => matching(on, electionId, filter))
    .where((on) => on(on.refTuple('voters.sort_key', 'voters.id'), '>', on.tuple(sort_key, id)))
    .orderBy('voters.sort_key')
    .orderBy('voters.id')
    .limit(limit)
    .execute();
}
