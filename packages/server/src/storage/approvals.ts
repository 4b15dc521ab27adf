// Requests of one administrator that another has to confirm, and what became of them.

import type { Reader, Writer } from './database.ts';
import type { AccountsTable, ApprovalsTable, ElectionsTable, Instant } from './tables.ts';

export type ApprovalRow = ApprovalsTable;

export async function insertApproval(tx: Writer, approval: ApprovalsTable): Promise<void> {
  await tx.insertInto('approvals').values(approval).execute();
}

export async function findApproval(db: Reader, id: string): Promise<ApprovalsTable | undefined> {
  return db.selectFrom('approvals').selectAll().where('id', '=', id).executeTakeFirst();
}

export interface ListedApproval extends ApprovalsTable {
  readonly election_name: ElectionsTable['name'] | null;
  readonly zone: ElectionsTable['zone'] | null;
  readonly asked_name: AccountsTable['name'] | null;
  readonly decided_name: AccountsTable['name'] | null;
}

/** With the names of what and who it is about, the newest first. */
const listed = (db: Reader) =>
  db
    .selectFrom('approvals')
    .leftJoin('elections', 'elections.id', 'approvals.election_id')
    .leftJoin('accounts as askers', 'askers.id', 'approvals.asked_by')
    .leftJoin('accounts as deciders', 'deciders.id', 'approvals.decided_by')
    .selectAll('approvals')
    .select(['elections.name as election_name', 'elections.zone as zone'])
    .select(['askers.name as asked_name', 'deciders.name as decided_name'])
    .orderBy('asked_at', 'desc')
    .orderBy('approvals.id');

export const listApprovals = (db: Reader, most: number): Promise<ListedApproval[]> => listed(db).limit(most).execute();

/** What is asked for; the same words for asking, looking and using. */
export type ApprovalWish = Pick<ApprovalsTable, 'deed' | 'election_id' | 'target'>;

/** The latest request for exactly this. */
export async function findLatestApproval(
  db: Reader,
  { deed, election_id, target }: ApprovalWish,
): Promise<ListedApproval | undefined> {
  return listed(db)
    .where('deed', '=', deed)
    .where('target', '=', target)
    .where('election_id', election_id === null ? 'is' : '=', election_id)
    .limit(1)
    .executeTakeFirst();
}

interface Asking {
  readonly askedBy: string;
  readonly now: Instant;
}

/** Confirmed, neither used nor run out, the newest first; `target` left out for any. */
export async function listConfirmedApprovals(
  db: Reader,
  { deed, election_id, target }: Omit<ApprovalWish, 'target'> & { readonly target?: string },
  { askedBy, now }: Asking,
): Promise<ApprovalsTable[]> {
  const query = db
    .selectFrom('approvals')
    .selectAll()
    .where('deed', '=', deed)
    .where('election_id', election_id === null ? 'is' : '=', election_id)
    .where('state', '=', 'confirmed')
    .where('asked_by', '=', askedBy)
    .where('expires_at', '>', now)
    .orderBy('asked_at', 'desc')
    .orderBy('id');
  return (target === undefined ? query : query.where('target', '=', target)).execute();
}

/** What others have asked for and nobody has decided. */
export async function countOpenApprovals(db: Reader, { askedBy: self, now }: Asking): Promise<number> {
  const row = await db
    .selectFrom('approvals')
    .select((count) => count.fn.countAll<number>().as('n'))
    .where('state', '=', 'asked')
    .where('expires_at', '>', now)
    .where('asked_by', '<>', self)
    .executeTakeFirstOrThrow();
  return row.n;
}

/** False when it is no longer in the state it was judged in: of several at once, one changes it. */
export async function changeApproval(
  tx: Writer,
  { id, state: before }: Pick<ApprovalsTable, 'id' | 'state'>,
  values: Partial<Pick<ApprovalsTable, 'state' | 'decided_by' | 'decided_at'>>,
): Promise<boolean> {
  const changed = await tx
    .updateTable('approvals')
    .set(values)
    .where('id', '=', id)
    .where('state', '=', before)
    .returning('id')
    .execute();
  return changed.length === 1;
}
