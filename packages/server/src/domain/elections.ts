// An election with its contests and candidates: made and changed until it is armed, frozen from then on.

import { randomUUID } from 'node:crypto';
import { orderCandidates } from '@votix/protocol';
import { z } from 'zod';
import { type CandidateRow, listCandidates } from '../storage/candidates.ts';
import { type ContestRow, insertContest, listContests, updateContest } from '../storage/contests.ts';
import type { Database, Reader, Writer } from '../storage/database.ts';
import {
  type ElectionRow,
  findElection,
  insertElection,
  listElections,
  lockElection,
  updateElection,
} from '../storage/elections.ts';
import type { Instant } from '../storage/tables.ts';
import { recordAudit } from './audit-log.ts';
import type { Admin } from './scopes.ts';
import { nameOf, paragraphsOf } from './text.ts';
import { isZone, parseWallClock } from './wall-clock.ts';

export { type ElectionRow, listElections };

/** Contests in their order, candidates in the order of the ballot. */
export interface Election extends ElectionRow {
  readonly contests: readonly (ContestRow & { readonly candidates: readonly CandidateRow[] })[];
}

/** What the form holds: wall clock times of the zone, one contest "choose one". */
export const electionSchema = z
  .strictObject({
    name: nameOf(200),
    description: paragraphsOf(5000),
    zone: z.string().refine(isZone),
    opensAt: z.string(),
    closesAt: z.string(),
    contestTitle: nameOf(200),
    blank: z.boolean(),
    minimumBallots: z.coerce.number().int().min(1).max(1_000_000),
  })
  .transform((form, context): ElectionDraft => {
    const [opensAt, closesAt] = [parseWallClock(form.opensAt, form.zone), parseWallClock(form.closesAt, form.zone)];
    if (opensAt === undefined) context.addIssue({ code: 'custom', path: ['opensAt'] });
    if (closesAt === undefined) context.addIssue({ code: 'custom', path: ['closesAt'] });
    if (opensAt === undefined || closesAt === undefined) return z.NEVER;
    if (closesAt <= opensAt) context.addIssue({ code: 'custom', path: ['closesAt'], message: 'closes-before-opens' });
    return { ...form, opensAt, closesAt };
  });

export interface ElectionDraft {
  readonly name: string;
  readonly description: string;
  readonly zone: string;
  readonly opensAt: Instant;
  readonly closesAt: Instant;
  readonly contestTitle: string;
  readonly blank: boolean;
  readonly minimumBallots: number;
}

export async function readElection(db: Reader, id: string): Promise<Election | undefined> {
  const election = await findElection(db, id);
  if (!election) return undefined;
  const [contests, candidates] = [await listContests(db, id), await listCandidates(db, id)];
  return {
    ...election,
    contests: contests.map((contest) => ({
      ...contest,
      candidates: orderCandidates(
        { order: contest.candidate_order, seed: contest.order_seed },
        candidates.filter((candidate) => candidate.contest_id === contest.id),
      ),
    })),
  };
}

const columns = (draft: ElectionDraft) => ({
  name: draft.name,
  description: draft.description,
  zone: draft.zone,
  opens_at: draft.opensAt,
  closes_at: draft.closesAt,
  minimum_ballots: draft.minimumBallots,
});

const nothingYet = {
  armed_at: null,
  definition: null,
  public_key: null,
  fingerprint: null,
  handed_out_at: null,
  sealed_at: null,
  ballot_count: null,
  signature_count: null,
  registered_count: null,
  box_hash: null,
  rewritten_at: null,
  deliberated_at: null,
  tally: null,
  invalid_ballots: null,
  published_at: null,
  quorum: 0,
  tie_rule: 'announce',
  key_shares: null,
  abandoned_at: null,
  archived_at: null,
  purged_at: null,
  rehearsal_of: null,
} as const;

export async function createElection(db: Database, actor: Admin, draft: ElectionDraft): Promise<string> {
  const id = randomUUID();
  await db.write(async (tx) => {
    const created_at = await db.now(tx);
    await insertElection(tx, { id, ...columns(draft), sealing: 'sealed-box', created_at, ...nothingYet });
    await insertContest(tx, {
      id: randomUUID(),
      election_id: id,
      position: 1,
      title: draft.contestTitle,
      min_choices: 1,
      max_choices: 1,
      blank: draft.blank ? 1 : 0,
      candidate_order: 'fixed',
      order_seed: '',
      seats: 1,
    });
    await recordAudit(db, tx, { actor, action: 'election-created', electionId: id });
  });
  return id;
}

export type Change<T = unknown> =
  ({ readonly ok: true } & T) | { readonly ok: false; readonly reason: 'unknown-election' | 'election-armed' };

/** Runs a change of what arming freezes, with the election held so that arming cannot happen in between. */
export async function changeDraft<T>(
  db: Database,
  electionId: string,
  work: (tx: Writer, election: Election) => Promise<T>,
): Promise<Change<{ value: T }>> {
  return db.write(async (tx) => {
    const held = await lockElection(db, tx, electionId);
    const election = held && (await readElection(tx, electionId));
    if (!election) return { ok: false, reason: 'unknown-election' };
    if (election.armed_at !== null) return { ok: false, reason: 'election-armed' };
    return { ok: true, value: await work(tx, election) };
  });
}

export const editElection = (db: Database, actor: Admin, id: string, draft: ElectionDraft): Promise<Change> =>
  changeDraft(db, id, async (tx, election) => {
    await updateElection(tx, id, columns(draft));
    for (const contest of election.contests)
      await updateContest(tx, contest.id, { title: draft.contestTitle, blank: draft.blank ? 1 : 0 });
    await recordAudit(db, tx, { actor, action: 'election-edited', electionId: id });
  });

/** The sheets are with the voters; asked of the administrator, because no one else can know. */
export async function markHandedOut(
  db: Database,
  actor: Admin,
  id: string,
): Promise<{ ok: true } | { ok: false; reason: 'unknown-election' | 'election-not-armed' | 'election-abandoned' }> {
  return db.write(async (tx) => {
    const election = await lockElection(db, tx, id);
    if (!election) return { ok: false, reason: 'unknown-election' };
    if (election.armed_at === null) return { ok: false, reason: 'election-not-armed' };
    if (election.abandoned_at !== null) return { ok: false, reason: 'election-abandoned' };
    await updateElection(tx, id, { handed_out_at: await db.now(tx) });
    await recordAudit(db, tx, { actor, action: 'sheets-handed-out', electionId: id });
    return { ok: true };
  });
}
