// A new draft from an election of any phase: its words, dates, rules, contests, candidates with logos, and its voters if
// wished. Nothing of its key, its box, its signing list, its links or its codes.

import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { copyContests } from '../storage/clones.ts';
import { listContests } from '../storage/contests.ts';
import type { Database, Writer } from '../storage/database.ts';
import { type ElectionRow, findElection, insertElection } from '../storage/elections.ts';
import { recountRoll } from '../storage/roll-counts.ts';
import type { Instant } from '../storage/tables.ts';
import { findVerifiable, insertVerifiable } from '../storage/verifiable-elections.ts';
import { insertVoters, listVoterSlice } from '../storage/voters.ts';
import { recordAudit } from './audit-log.ts';
import { aSeed } from './contests.ts';
import { nothingYet, unarmed } from './elections.ts';
import type { Admin } from './scopes.ts';
import { nameOf } from './text.ts';
import { breather, sliceSize } from './turns.ts';

export const cloneSchema = z.strictObject({ name: nameOf(200), voters: z.boolean() });
export type Cloning = Readonly<z.infer<typeof cloneSchema>>;

export type Cloned =
  | { readonly ok: true; readonly id: string }
  | { readonly ok: false; readonly reason: 'unknown-election' | 'is-rehearsal' };

/** The row of a draft with the words, dates and rules of another election. */
export const draftLike = (source: ElectionRow, own: Pick<ElectionRow, 'id' | 'name' | 'created_at'>): ElectionRow => {
  const { quorum, tie_rule } = source;
  return { ...source, ...nothingYet, quorum, tie_rule, ...own };
};

/** A copy of a verifiable election names trustees of its own. */
export async function draftBoardLike(tx: Writer, { id: from, sealing }: ElectionRow, id: string): Promise<void> {
  if (sealing === 'verifiable') await insertVerifiable(tx, unarmed(id, (await findVerifiable(tx, from))?.group_name));
}

/** Contests, candidates and logos. An order that is drawn is drawn anew, as the ids that it goes by are others. */
export const copyBallotPaper = (tx: Writer, from: string, to: string): Promise<void> =>
  copyContests(tx, from, to, { id: randomUUID, seed: aSeed });

/** As every draw, so that nobody copies until they like the order. */
async function noteDraws(db: Database, tx: Writer, actor: Admin, electionId: string): Promise<void> {
  for (const { id: subject, candidate_order, order_seed: seed } of await listContests(tx, electionId))
    if (candidate_order === 'drawn')
      await recordAudit(db, tx, { actor, action: 'order-drawn', electionId, subject, details: { seed } });
}

/** How many there were. Each has an id of its own, so nothing leads from one roll to the other. */
async function copyVoters(tx: Writer, from: string, election_id: string, added_at: Instant): Promise<number> {
  const breathe = breather();
  let copied = 0;
  for (let after = ''; ;) {
    const rows = await listVoterSlice(tx, from, after, sliceSize);
    if (rows.length === 0) return copied;
    const own = { election_id, added_at, import_id: null };
    copied += await insertVoters(
      tx,
      rows.map((row) => ({ ...row, ...own, id: randomUUID() })),
    );
    await breathe();
    after = rows.at(-1)!.id;
  }
}

/** All of it or nothing. */
export async function cloneElection(
  db: Database,
  actor: Admin,
  from: string,
  { name, voters }: Cloning,
): Promise<Cloned> {
  const [id, now] = [randomUUID(), await db.now()];
  return db.write(async (tx) => {
    const source = await findElection(tx, from);
    if (!source) return { ok: false, reason: 'unknown-election' };
    if (source.rehearsal_of !== null) return { ok: false, reason: 'is-rehearsal' };
    await insertElection(tx, draftLike(source, { id, name, created_at: now }));
    await draftBoardLike(tx, source, id);
    await copyBallotPaper(tx, from, id);
    const copied = voters ? await copyVoters(tx, from, id, now) : 0;
    await recountRoll(tx, id);
    const details = { voters: copied };
    await recordAudit(db, tx, { actor, action: 'election-cloned', electionId: id, subject: from, details });
    await noteDraws(db, tx, actor, id);
    return { ok: true, id };
  });
}
