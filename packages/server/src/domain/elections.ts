// An election with its contests and candidates: made and changed until it is armed, frozen from then on.

import { randomUUID } from 'node:crypto';
import { orderCandidates, type SealingName } from '@votix/protocol';
import { type GroupName, randomBase58 } from '@votix/protocol/verifiable';
import { z } from 'zod';
import { type ListedCandidate, listCandidates } from '../storage/candidates.ts';
import { type ContestRow, insertContest, listContests } from '../storage/contests.ts';
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
import { insertVerifiable, type VerifiableRow } from '../storage/verifiable-elections.ts';
import { recordAudit } from './audit-log.ts';
import { isOver, phaseOf } from './lifecycle.ts';
import type { Admin } from './scopes.ts';
import { nameOf, paragraphsOf } from './text.ts';
import { isZone, parseWallClock } from './wall-clock.ts';

export { type ElectionRow, listElections };

/** Contests in their order, candidates in the order of the ballot. */
export interface Election extends ElectionRow {
  readonly contests: readonly (ContestRow & { readonly candidates: readonly ListedCandidate[] })[];
}

const details = {
  name: nameOf(200),
  description: paragraphsOf(5000),
  zone: z.string().refine(isZone),
  opensAt: z.string(),
  closesAt: z.string(),
};

/** Wall clock times of the zone become instants, the end after the beginning. */
function withInstants<T extends { readonly zone: string; readonly opensAt: string; readonly closesAt: string }>(
  form: T,
  context: z.core.$RefinementCtx<T>,
): Omit<T, 'opensAt' | 'closesAt'> & { readonly opensAt: Instant; readonly closesAt: Instant } {
  const [opensAt, closesAt] = [parseWallClock(form.opensAt, form.zone), parseWallClock(form.closesAt, form.zone)];
  const fault = (path: string, message?: string) => context.addIssue({ code: 'custom', path: [path], message });
  if (opensAt === undefined) fault('opensAt');
  if (closesAt === undefined) fault('closesAt');
  if (opensAt === undefined || closesAt === undefined) return z.NEVER;
  if (closesAt <= opensAt) fault('closesAt', 'closes-before-opens');
  return { ...form, opensAt, closesAt };
}

/** What the form of a new election holds: its details and one contest "choose one", all that the simple case needs. */
export const electionSchema = z
  .strictObject({
    ...details,
    contestTitle: nameOf(200),
    blank: z.boolean(),
    minimumBallots: z.coerce.number().int().min(1).max(1_000_000),
    sealing: z.enum(['sealed-box', 'verifiable']).default('sealed-box'),
  })
  .transform((form, context): ElectionDraft => withInstants(form, context));

export const detailsSchema = z
  .strictObject(details)
  .transform((form, context): ElectionDetails => withInstants(form, context));

export interface ElectionDetails {
  readonly name: string;
  readonly description: string;
  readonly zone: string;
  readonly opensAt: Instant;
  readonly closesAt: Instant;
}

export interface ElectionDraft extends ElectionDetails {
  readonly contestTitle: string;
  readonly blank: boolean;
  readonly minimumBallots: number;
  /** One key opens each ballot, unless it is said. */
  readonly sealing?: SealingName;
  /** Of a verifiable election; the one for elections unless it is said. */
  readonly groupName?: GroupName;
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

const columns = (draft: ElectionDetails) => ({
  name: draft.name,
  description: draft.description,
  zone: draft.zone,
  opens_at: draft.opensAt,
  closes_at: draft.closesAt,
});

export const nothingYet = {
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
  code_channel: 'same-mail',
} as const;

const uuidLength = 14;

/** What a verifiable election has beside its row before its trustees are named. */
export const unarmed = (election_id: string, group_name: GroupName = 'Ed25519'): VerifiableRow => ({
  election_id,
  uuid: randomBase58(uuidLength),
  group_name,
  threshold: 0,
  election: null,
  trustees: null,
  tally: null,
  strict: null,
  credential_key: null,
  summed_until: 0,
});

export async function createElection(db: Database, actor: Admin, draft: ElectionDraft): Promise<string> {
  const id = randomUUID();
  await db.write(async (tx) => {
    const created_at = await db.now(tx);
    const chosen = { ...columns(draft), minimum_ballots: draft.minimumBallots };
    const { sealing = 'sealed-box' } = draft;
    await insertElection(tx, { id, ...chosen, sealing, created_at, ...nothingYet });
    if (sealing === 'verifiable') await insertVerifiable(tx, unarmed(id, draft.groupName));
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

/** What the seed's short paths and the commands mean: the newest that is still going on, else the newest; no rehearsal. */
export async function currentElection(db: Reader, now: Instant): Promise<ElectionRow | undefined> {
  const elections = (await listElections(db)).filter(({ rehearsal_of: of }) => of === null);
  return elections.find((election) => !isOver(phaseOf(election, now))) ?? elections[0];
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

const testMark = 'TEST – ';

/** The name of a rehearsal: it says so wherever it is read, on ballot, record and minutes too. */
export const testName = (name: string): string =>
  name.startsWith(testMark) ? name : (testMark + name).slice(0, 200).trim();

export const editElection = (db: Database, actor: Admin, id: string, draft: ElectionDetails): Promise<Change> =>
  changeDraft(db, id, async (tx, { rehearsal_of }) => {
    const name = rehearsal_of === null ? draft.name : testName(draft.name);
    await updateElection(tx, id, { ...columns(draft), name });
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
