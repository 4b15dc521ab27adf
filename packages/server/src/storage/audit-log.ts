// The audit log: insert-only, in the order of its chain. Casts never touch it.

import type { SelectQueryBuilder } from 'kysely';
import type { Reader, Writer } from './database.ts';
import type { AuditHeadTable, AuditLogTable, Instant, Tables } from './tables.ts';

export type AuditRow = AuditLogTable;

const head = 'head';

/** The end of the chain, locked until the transaction ends; made when it is missing. */
export async function lockAuditHead(tx: Writer): Promise<AuditHeadTable> {
  return tx
    .insertInto('audit_head')
    .values({ name: head, position: 0, hash: '' })
    .onConflict((conflict) => conflict.column('name').doUpdateSet((row) => ({ name: row.ref('excluded.name') })))
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function insertAuditEntry(tx: Writer, entry: AuditRow): Promise<void> {
  await tx.insertInto('audit_log').values(entry).execute();
  await tx
    .updateTable('audit_head')
    .set({ position: entry.position, hash: entry.hash })
    .where('name', '=', head)
    .execute();
}

/** The entries about one election with one of these actions, the oldest first. */
export async function listEntriesOf(db: Reader, electionId: string, actions: readonly string[]): Promise<AuditRow[]> {
  return db
    .selectFrom('audit_log')
    .selectAll()
    .where('election_id', '=', electionId)
    .where('action', 'in', actions)
    .orderBy('position')
    .execute();
}

/** Ids of the elections that were ever armed with the key of this fingerprint. */
export async function listArmings(db: Reader, fingerprint: string): Promise<string[]> {
  const rows = await db
    .selectFrom('audit_log')
    .select('election_id')
    .where('action', '=', 'election-armed')
    .where('details', 'like', `%"fingerprint":"${fingerprint}"%`)
    .execute();
  return rows.flatMap(({ election_id: id }) => id ?? []);
}

/** What this was ever done to. */
export async function listSubjects(db: Reader, action: string): Promise<string[]> {
  const rows = await db.selectFrom('audit_log').select('subject').where('action', '=', action).execute();
  return rows.flatMap(({ subject }) => subject ?? []);
}

export interface AuditEntryRow extends AuditRow {
  /** Of the account that acted. */
  name: string | null;
}

/** The entries about one election that carry a reason, the newest first. */
export async function listReasonedEntries(db: Reader, electionId: string, limit: number): Promise<AuditEntryRow[]> {
  return db
    .selectFrom('audit_log')
    .leftJoin('accounts', 'accounts.id', 'audit_log.actor')
    .selectAll('audit_log')
    .select('accounts.name')
    .where('election_id', '=', electionId)
    .where('reason', '!=', '')
    .orderBy('position', 'desc')
    .limit(limit)
    .execute();
}

/** The end that the head row tells, and the highest position there is: one statement, so that both are of one moment. */
export async function findAuditEnd(db: Reader): Promise<{ position: number; hash: string; highest: number }> {
  const row = await db
    .selectFrom('audit_head')
    .select((query) => [
      'audit_head.position',
      'audit_head.hash',
      query
        .selectFrom('audit_log')
        .select((highest) => highest.fn.max('audit_log.position').as('n'))
        .as('highest'),
    ])
    .where('name', '=', head)
    .executeTakeFirst();
  if (row) return { position: row.position, hash: row.hash, highest: row.highest ?? 0 };
  const last = await db
    .selectFrom('audit_log')
    .select((highest) => highest.fn.max('position').as('n'))
    .executeTakeFirst();
  return { position: 0, hash: '', highest: last?.n ?? 0 };
}

const chunk = 1000;
/** Of PostgreSQL's INTEGER: an entry smuggled in before the first one is read as well. */
const lowest = -(2 ** 31);

/** Which entries; what is left out limits nothing. `from` is in, `before` is out. */
export interface AuditFilter {
  readonly electionId?: string | undefined;
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
  readonly from?: Instant | undefined;
  readonly before?: Instant | undefined;
}

type AuditQuery<O> = SelectQueryBuilder<Tables, 'audit_log', O>;

function filtered<O>(query: AuditQuery<O>, { electionId, actor, action, from, before }: AuditFilter): AuditQuery<O> {
  let found = query;
  if (electionId !== undefined) found = found.where('election_id', '=', electionId);
  if (actor !== undefined) found = found.where('actor', '=', actor);
  if (action !== undefined) found = found.where('action', '=', action);
  if (from !== undefined) found = found.where('at', '>=', from);
  if (before !== undefined) found = found.where('at', '<', before);
  return found;
}

export async function countAuditEntries(db: Reader, filter: AuditFilter): Promise<number> {
  const count = db.selectFrom('audit_log').select((rows) => rows.fn.countAll<number>().as('n'));
  return (await filtered(count, filter).executeTakeFirstOrThrow()).n;
}

/** A page of the log, the newest first. */
export async function listAuditEntries(
  db: Reader,
  filter: AuditFilter,
  page: { readonly limit: number; readonly offset: number },
): Promise<AuditRow[]> {
  return filtered(db.selectFrom('audit_log').selectAll(), filter)
    .orderBy('position', 'desc')
    .limit(page.limit)
    .offset(page.offset)
    .execute();
}

/** The log in its order up to a position, in chunks, without holding it in memory. */
export async function* readAuditEntries(
  db: Reader,
  until: number,
  filter: AuditFilter = {},
): AsyncGenerator<readonly AuditRow[]> {
  for (let after = lowest; ;) {
    const rows = await filtered(db.selectFrom('audit_log').selectAll(), filter)
      .where('position', '>', after)
      .where('position', '<=', until)
      .orderBy('position')
      .limit(chunk)
      .execute();
    if (rows.length === 0) return;
    yield rows;
    after = rows.at(-1)!.position;
  }
}

/** Who has acted. */
export async function listAuditActors(db: Reader): Promise<string[]> {
  const rows = await db.selectFrom('audit_log').select('actor').distinct().orderBy('actor').execute();
  return rows.map((row) => row.actor);
}

/** What was done to one voter, candidate, building or account, the oldest first. */
export async function listEntriesAbout(db: Reader, electionId: string, subject: string): Promise<AuditRow[]> {
  return db
    .selectFrom('audit_log')
    .selectAll()
    .where('subject', '=', subject)
    .where('election_id', '=', electionId)
    .orderBy('position')
    .execute();
}
