// The two-person rule: while it is on, arming, extending and opening the box take two administrators. One asks, with a
// reason, for exactly one deed on exactly one thing; another confirms, with a second step of their own; the first carries on.
// A confirmation is used up by the deed, in its transaction.

import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { deleteAccountLinks } from '../storage/account-links.ts';
import { listAccounts, lockAdmins } from '../storage/accounts.ts';
import {
  type ApprovalRow,
  type ApprovalWish,
  changeApproval,
  countOpenApprovals,
  findApproval,
  findLatestApproval,
  insertApproval,
  listApprovals,
  listConfirmedApprovals,
  type ListedApproval,
} from '../storage/approvals.ts';
import type { Database, Reader, Writer } from '../storage/database.ts';
import { listProtectedAccounts } from '../storage/second-factors.ts';
import { findSetting, saveSetting } from '../storage/settings.ts';
import { recordAudit } from './audit-log.ts';
import type { Admin, ConfirmedAdmin } from './scopes.ts';
import { paragraphsOf } from './text.ts';

export { type ApprovalWish, findLatestApproval, listApprovals, type ListedApproval };

export const approvalHours = 24;
const setting = 'two-person-rule';

export type GatedDeed = 'arm' | 'extend' | 'deliberate';

export const askSchema = z.strictObject({ reason: paragraphsOf(500).refine((text) => text !== '') });

export const isTwoPersonRule = async (db: Reader): Promise<boolean> => (await findSetting(db, setting)) === 'on';

/** A rehearsal is for one person to try things out. */
const isGated = async (db: Reader, rehearsalOf: string | null): Promise<boolean> =>
  rehearsalOf === null && (await isTwoPersonRule(db));

/** What is done: to which election, and to what of it (the ballot paper's hash, the new end, the box's hash). */
export interface Gated {
  readonly deed: GatedDeed;
  readonly election: { readonly id: string; readonly rehearsal_of: string | null };
  readonly target: string;
}

export const wishOf = ({ deed, election, target }: Gated): ApprovalWish => ({ deed, election_id: election.id, target });

/** Both are administrators still, and two. */
const isOfTwo = ({ asked_by, decided_by }: ApprovalRow, admins: readonly string[]): boolean =>
  decided_by !== null && asked_by !== decided_by && admins.includes(asked_by) && admins.includes(decided_by);

async function admins(db: Reader): Promise<string[]> {
  return (await listAccounts(db)).filter(({ role }) => role === 'admin').map(({ id }) => id);
}

/** Whether this administrator may do it now. */
export async function isApproved(db: Database, actor: Admin, gated: Gated): Promise<boolean> {
  if (!(await isGated(db.reader, gated.election.rehearsal_of))) return true;
  const of = { askedBy: actor.accountId, now: await db.now() };
  const [found, holders] = [await listConfirmedApprovals(db.reader, wishOf(gated), of), await admins(db.reader)];
  return found.some((row) => isOfTwo(row, holders));
}

/** Last before the deed, in its transaction: true once for each confirmation, or while the rule is off. */
export async function spendApproval(db: Database, tx: Writer, actor: Admin, gated: Gated): Promise<boolean> {
  if (!(await isGated(tx, gated.election.rehearsal_of))) return true;
  const holders = await lockAdmins(db, tx);
  const of = { askedBy: actor.accountId, now: await db.now(tx) };
  for (const row of await listConfirmedApprovals(tx, wishOf(gated), of))
    if (isOfTwo(row, holders) && (await changeApproval(tx, row, { state: 'used' }))) return true;
  return false;
}

export type Refusal = {
  readonly ok: false;
  readonly reason:
    | 'role-required'
    | 'unknown-approval'
    | 'approval-over'
    | 'own-approval'
    | 'second-step-needed'
    | 'two-administrators-needed'
    | 'rule-off';
};
type Done = { readonly ok: true } | Refusal;
const refuse = (reason: Refusal['reason']): Refusal => ({ ok: false, reason });

/** Runs while nobody's role can change; the actor is an administrator. */
const asAdmin = (
  db: Database,
  actor: ConfirmedAdmin,
  work: (tx: Writer, holders: readonly string[]) => Promise<Done>,
): Promise<Done> =>
  db.write(async (tx) => {
    const holders = await lockAdmins(db, tx);
    return holders.includes(actor.accountId) ? work(tx, holders) : refuse('role-required');
  });

export interface Asked extends ApprovalWish {
  readonly reason: string;
}

export const ask = (db: Database, actor: ConfirmedAdmin, { reason, ...wish }: Asked): Promise<Done> =>
  asAdmin(db, actor, async (tx) => {
    if (!(await isTwoPersonRule(tx))) return refuse('rule-off');
    const now = await db.now(tx);
    const request = { id: randomUUID(), asked_by: actor.accountId, asked_at: now, state: 'asked' } as const;
    const until = { expires_at: now + approvalHours * 3_600_000, decided_by: null, decided_at: null };
    await insertApproval(tx, { ...wish, reason, ...request, ...until });
    const details = { deed: wish.deed };
    await recordAudit(db, tx, {
      actor,
      action: 'approval-asked',
      electionId: wish.election_id ?? undefined,
      details,
      reason,
    });
    return { ok: true };
  });

export type Verdict = 'confirmed' | 'refused' | 'withdrawn';

const isOpen = ({ state, expires_at }: ApprovalRow, now: number): boolean =>
  (state === 'asked' || state === 'confirmed') && expires_at > now;

/** Others confirm or refuse, the one who asked withdraws. A confirmed end of the rule ends it. */
export const decide = (db: Database, actor: ConfirmedAdmin, id: string, verdict: Verdict): Promise<Done> =>
  asAdmin(db, actor, async (tx, holders) => {
    const [row, now] = [await findApproval(tx, id), await db.now(tx)];
    if (!row) return refuse('unknown-approval');
    if (!isOpen(row, now) || (row.state === 'confirmed' && verdict !== 'withdrawn')) return refuse('approval-over');
    if ((verdict === 'withdrawn') !== (row.asked_by === actor.accountId)) return refuse('own-approval');
    const isConfirmed = verdict === 'confirmed';
    if (isConfirmed && !holders.includes(row.asked_by)) return refuse('approval-over');
    if (isConfirmed && !(await listProtectedAccounts(tx)).includes(actor.accountId))
      return refuse('second-step-needed');
    const state = isConfirmed && row.deed === 'rule-off' ? 'used' : verdict;
    if (!(await changeApproval(tx, row, { state, decided_by: actor.accountId, decided_at: now })))
      return refuse('approval-over');
    const action = `approval-${verdict}` as const;
    const electionId = row.election_id ?? undefined;
    await recordAudit(db, tx, { actor, action, electionId, subject: row.asked_by, details: { deed: row.deed } });
    if (state === 'used') await turn(db, tx, actor, 'off');
    return { ok: true };
  });

async function turn(db: Database, tx: Writer, actor: ConfirmedAdmin, to: 'on' | 'off'): Promise<void> {
  await saveSetting(tx, setting, to);
  await recordAudit(db, tx, { actor, action: `two-person-rule-${to}` });
}

/** What stands in the way: at least two administrators, each with a second step that nobody else can set up for them. */
export async function ruleObstacle(
  db: Reader,
): Promise<'two-administrators-needed' | 'second-step-needed' | undefined> {
  const [holders, secured] = [await admins(db), await listProtectedAccounts(db)];
  if (holders.length < 2) return 'two-administrators-needed';
  return holders.every((id) => secured.includes(id)) ? undefined : 'second-step-needed';
}

/** Links that are on their way to administrators are worth nothing from now on. */
export const turnRuleOn = (db: Database, actor: ConfirmedAdmin): Promise<Done> =>
  asAdmin(db, actor, async (tx, holders) => {
    if (await isTwoPersonRule(tx)) return { ok: true };
    const obstacle = await ruleObstacle(tx);
    if (obstacle !== undefined) return refuse(obstacle);
    for (const id of holders) await deleteAccountLinks(tx, id);
    await turn(db, tx, actor, 'on');
    return { ok: true };
  });

/** How many requests wait for this administrator. */
export async function countWaiting(db: Database, { accountId }: { readonly accountId: string }): Promise<number> {
  if (!(await isTwoPersonRule(db.reader))) return 0;
  return countOpenApprovals(db.reader, { askedBy: accountId, now: await db.now() });
}

/** The new end that another administrator has confirmed to this one. */
export async function readConfirmedEnd(
  db: Database,
  { accountId }: Admin,
  electionId: string,
): Promise<number | undefined> {
  const wish = { deed: 'extend', election_id: electionId } as const;
  const [found] = await listConfirmedApprovals(db.reader, wish, { askedBy: accountId, now: await db.now() });
  return found && Number(found.target);
}
