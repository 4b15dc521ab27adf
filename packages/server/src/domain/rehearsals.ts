// A rehearsal: an election of its own with the contests, candidates and mails of a draft and a few test voters. It opens as
// soon as it is armed, may be closed at once, and is wiped with everything in it. Nothing of it counts anywhere.

import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { listEntriesOf } from '../storage/audit-log.ts';
import { copyMailTexts } from '../storage/clones.ts';
import type { Database, Reader, Writer } from '../storage/database.ts';
import { type ElectionRow, findElection, insertElection, lockElection, updateElection } from '../storage/elections.ts';
import { deleteElection, deleteTestVotes, listRehearsals } from '../storage/erasure.ts';
import { recountRoll } from '../storage/roll-counts.ts';
import type { Instant } from '../storage/tables.ts';
import { insertVoters, listVoters, type VoterOnRoll } from '../storage/voters.ts';
import { ballotObstacles } from './arming.ts';
import { recordAudit } from './audit-log.ts';
import { detailsOf } from './audit-reading.ts';
import { copyBallotPaper, draftBoardLike, draftLike } from './clones.ts';
import { changeDraft, testName } from './elections.ts';
import { emailSchema } from './email.ts';
import { phaseOf } from './lifecycle.ts';
import { type Access, openAccesses } from './links.ts';
import type { Admin } from './scopes.ts';
import type { Vault } from './vault.ts';
import { voterColumns } from './voters.ts';

const day = 86_400_000;
/** Short enough to be over soon by itself, long enough for somebody who is interrupted. */
const windowMs = 7 * day;

/** As many as one can vote for in a quarter of an hour; more are a matter of `votix rehearse`. */
export const mostTestVoters = 20;
export const rehearsalSchema = z.strictObject({
  voters: z.coerce.number().int().min(1).max(mostTestVoters),
  /** Of those who get its mails. */
  emails: z.array(emailSchema).max(mostTestVoters),
});

export interface TestVoters {
  /** The name of each, in the administrator's language. */
  readonly names: readonly string[];
  /** The first test voters have these; the others get no mail. */
  readonly emails: readonly string[];
}

export type Rehearsed =
  | { readonly ok: true; readonly id: string }
  | {
      readonly ok: false;
      readonly reason:
        'unknown-election' | 'election-armed' | 'is-rehearsal' | 'rehearsal-running' | 'election-not-ready';
    };

/** One at a time. */
export async function makeRehearsal(
  db: Database,
  actor: Admin,
  of: string,
  { names, emails }: TestVoters,
): Promise<Rehearsed> {
  const [id, now] = [randomUUID(), await db.now()];
  const rows = names.map((name, index) => testVoter(id, now, { name, email: emails[index] ?? nobodys(index + 1) }));
  const outcome = await changeDraft<Rehearsed>(db, of, async (tx, source) => {
    if (source.rehearsal_of !== null) return { ok: false, reason: 'is-rehearsal' };
    if ((await listRehearsals(tx, of)).length > 0) return { ok: false, reason: 'rehearsal-running' };
    if (ballotObstacles(source).length > 0) return { ok: false, reason: 'election-not-ready' };
    const { contests: _, ...row } = source;
    const own = { id, name: testName(source.name), created_at: now };
    const window = { opens_at: now, closes_at: now + windowMs, minimum_ballots: 1, rehearsal_of: of };
    await insertElection(tx, { ...draftLike(row, own), ...window, code_channel: row.code_channel });
    await draftBoardLike(tx, source, id);
    await copyBallotPaper(tx, of, id);
    await copyMailTexts(tx, of, id);
    await insertVoters(tx, rows);
    await recountRoll(tx, id);
    const details = { voters: names.length, addresses: emails.length };
    await recordAudit(db, tx, { actor, action: 'rehearsal-made', electionId: of, subject: id, details });
    return { ok: true, id };
  });
  return outcome.ok ? outcome.value : outcome;
}

/** An address under which nobody can ever be reached (RFC 2606): no mail is sent there. */
const nobodys = (number: number): string => `test${number}@rehearsal.invalid`;
export const isNobodys = (email: string): boolean => email.endsWith('@rehearsal.invalid');

function testVoter(election_id: string, added_at: Instant, { name, email }: { name: string; email: string }) {
  const columns = voterColumns({ lastName: name, firstName: 'TEST', email, promotion: '', building: '' });
  return { id: randomUUID(), election_id, added_at, language: '', building_id: null, import_id: null, ...columns };
}

export interface TestVoter extends Pick<VoterOnRoll, 'last_name' | 'email' | 'signed_on'>, Access {
  readonly id: string;
}

/**
 * The test voters with their ways in, which are no secrets: no password is asked. Nothing is told of a real election,
 * whoever asks.
 */
export async function readTestVoters(db: Database, vault: Vault, _: Admin, id: string): Promise<readonly TestVoter[]> {
  const election = await findElection(db.reader, id);
  if (!election || election.rehearsal_of === null) return [];
  const rows = await listVoters(db.reader, id, { limit: mostTestVoters, offset: 0 });
  const accesses = await openAccesses(
    db,
    vault,
    rows.map((row) => row.id),
  );
  return rows.flatMap(({ id: voterId, last_name, email, signed_on }) => {
    const access = accesses.get(voterId);
    return access ? [{ id: voterId, last_name, email, signed_on, ...access }] : [];
  });
}

export type Rehearsal =
  { readonly ok: true } | { readonly ok: false; readonly reason: 'unknown-election' | 'no-rehearsal' | 'not-open' };

async function onRehearsal(
  db: Database,
  id: string,
  work: (tx: Writer, rehearsal: ElectionRow & { readonly rehearsal_of: string }) => Promise<Rehearsal>,
): Promise<Rehearsal> {
  return db.write(async (tx) => {
    const election = await lockElection(db, tx, id);
    if (!election) return { ok: false, reason: 'unknown-election' };
    const { rehearsal_of } = election;
    return rehearsal_of === null ? { ok: false, reason: 'no-rehearsal' } : work(tx, { ...election, rehearsal_of });
  });
}

/** The end is now; no real election can be closed early. */
export const closeRehearsal = (db: Database, actor: Admin, id: string): Promise<Rehearsal> =>
  onRehearsal(db, id, async (tx, rehearsal) => {
    const now = await db.now(tx);
    if (phaseOf(rehearsal, now) !== 'open') return { ok: false, reason: 'not-open' };
    await updateElection(tx, id, { closes_at: Math.max(now, rehearsal.opens_at + 1) });
    await recordAudit(db, tx, { actor, action: 'rehearsal-closed', electionId: rehearsal.rehearsal_of, subject: id });
    return { ok: true };
  });

export async function eraseRehearsal(tx: Writer, id: string): Promise<void> {
  await deleteTestVotes(tx, id);
  await deleteElection(tx, id);
}

/** Everything of it is gone; that it took place stays in the audit log, and whether its box was opened. */
export const wipeRehearsal = (db: Database, actor: Admin, id: string): Promise<Rehearsal> =>
  onRehearsal(db, id, async (tx, rehearsal) => {
    await eraseRehearsal(tx, id);
    const details = { opened: rehearsal.deliberated_at !== null };
    const electionId = rehearsal.rehearsal_of;
    await recordAudit(db, tx, { actor, action: 'rehearsal-wiped', electionId, subject: id, details });
    return { ok: true };
  });

export const isRehearsal = async (db: Reader, id: string): Promise<boolean> =>
  typeof (await findElection(db, id))?.rehearsal_of === 'string';

/** The one that is there now. */
export async function findRehearsal(db: Reader, of: string): Promise<ElectionRow | undefined> {
  const [id] = await listRehearsals(db, of);
  return id === undefined ? undefined : findElection(db, id);
}

/** One was played until its box was open, and wiped since. */
export async function wasRehearsed(db: Reader, of: string): Promise<boolean> {
  const wiped = await listEntriesOf(db, of, ['rehearsal-wiped']);
  return wiped.some((entry) => detailsOf(entry)['opened'] === true);
}

/** How far the administrator has come with rehearsing this election. */
export async function readRehearsalState(db: Reader, of: string): Promise<'none' | 'running' | 'finished'> {
  const running = await findRehearsal(db, of);
  if (running?.deliberated_at === null) return 'running';
  return running || (await wasRehearsed(db, of)) ? 'finished' : 'none';
}
