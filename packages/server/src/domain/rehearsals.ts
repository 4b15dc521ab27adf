// A rehearsal: an election of its own with the contests and candidates of a draft and a few test voters. It opens as soon
// as it is armed, may be closed at once, and is wiped with everything in it. Nothing of it counts anywhere.

import { randomUUID } from 'node:crypto';
import { copyContests } from '../storage/clones.ts';
import { insertCodes } from '../storage/codes.ts';
import type { Database, Reader, Writer } from '../storage/database.ts';
import { type ElectionRow, findElection, insertElection, lockElection, updateElection } from '../storage/elections.ts';
import { deleteElection, deleteTestVotes, listRehearsals } from '../storage/erasure.ts';
import { insertLinks } from '../storage/links.ts';
import { recountRoll } from '../storage/roll-counts.ts';
import { insertVoters, type VoterRow } from '../storage/voters.ts';
import { recordAudit } from './audit-log.ts';
import { draftBoardLike, draftLike } from './clones.ts';
import { changeDraft } from './elections.ts';
import { phaseOf } from './lifecycle.ts';
import { issueAccess } from './links.ts';
import type { Admin } from './scopes.ts';
import type { Vault } from './vault.ts';

const day = 86_400_000;
/** Short enough to be over soon by itself, long enough for somebody who is interrupted. */
const windowMs = 7 * day;
const mark = 'TEST – ';

export interface TestVoters {
  /** The name of each, in the administrator's language. */
  readonly names: readonly string[];
  /** Of the administrator: whatever is sent to a test voter reaches them. */
  readonly email: string;
}

export type Rehearsed =
  | { readonly ok: true; readonly id: string }
  | {
      readonly ok: false;
      readonly reason: 'unknown-election' | 'election-armed' | 'is-rehearsal' | 'rehearsal-running';
    };

/** One at a time. */
export async function makeRehearsal(
  db: Database,
  vault: Vault,
  actor: Admin,
  of: string,
  voters: TestVoters,
): Promise<Rehearsed> {
  const [id, now] = [randomUUID(), await db.now()];
  const rows = voters.names.map((name, index) =>
    testVoter({ id: randomUUID(), election_id: id, added_at: now }, name, tagged(voters.email, index + 1)),
  );
  const issued = await Promise.all(rows.map((row) => issueAccess(vault, row.id, now)));
  const outcome = await changeDraft<Rehearsed>(db, of, async (tx, source) => {
    if (source.rehearsal_of !== null) return { ok: false, reason: 'is-rehearsal' };
    if ((await listRehearsals(tx, of)).length > 0) return { ok: false, reason: 'rehearsal-running' };
    const { contests: _, ...row } = source;
    const name = (mark + source.name).slice(0, 200).trim();
    const window = { opens_at: now, closes_at: now + windowMs, minimum_ballots: 1, rehearsal_of: of };
    await insertElection(tx, { ...draftLike(row, { id, name, created_at: now }), ...window });
    await draftBoardLike(tx, source, id);
    await copyContests(tx, of, id, randomUUID);
    await insertVoters(tx, rows);
    await insertLinks(
      tx,
      issued.map(({ link }) => link),
    );
    await insertCodes(
      tx,
      issued.map(({ code }) => code),
    );
    await recountRoll(tx, id);
    await recordAudit(db, tx, { actor, action: 'rehearsal-made', electionId: of, subject: id });
    return { ok: true, id };
  });
  return outcome.ok ? outcome.value : outcome;
}

/** "ana@example.org" → "ana+test2@example.org": each address is on a roll once, and all of them reach the same person. */
const tagged = (email: string, number: number): string => email.replace(/@/, `+test${number}@`);

const testVoter = (own: Pick<VoterRow, 'id' | 'election_id' | 'added_at'>, name: string, email: string): VoterRow => ({
  ...own,
  last_name: name,
  first_name: 'TEST',
  email,
  email_key: email.toLowerCase(),
  sort_key: name.toLowerCase(),
  search_key: name.toLowerCase(),
  promotion: '',
  building_id: null,
  language: '',
});

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

/** The one that is there now. */
export async function findRehearsal(db: Reader, of: string): Promise<ElectionRow | undefined> {
  const [id] = await listRehearsals(db, of);
  return id === undefined ? undefined : findElection(db, id);
}
