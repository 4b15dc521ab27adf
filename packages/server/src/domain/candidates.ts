// Candidates of a contest: added, edited, deleted until the election is armed.

import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { deleteCandidate, insertCandidate, updateCandidate } from '../storage/candidates.ts';
import type { Database } from '../storage/database.ts';
import { type Change, changeDraft, type Election } from './elections.ts';
import { recordAudit } from './audit-log.ts';
import type { Technician } from './scopes.ts';
import { nameOf, paragraphsOf } from './text.ts';

export const candidateSchema = z.strictObject({
  name: nameOf(200),
  text: paragraphsOf(5000),
});

export type CandidateDraft = Readonly<z.infer<typeof candidateSchema>>;

export type CandidateChange =
  Change | { readonly ok: false; readonly reason: 'same-name' | 'unknown-candidate' | 'too-many-candidates' };

const most = 500;

const sameName = (election: Election, name: string, except?: string) =>
  election.contests.some((contest) =>
    contest.candidates.some(
      (other) => other.id !== except && other.name.toLocaleLowerCase('und') === name.toLocaleLowerCase('und'),
    ),
  );

const has = (election: Election, id: string) =>
  election.contests.some((contest) => contest.candidates.some((candidate) => candidate.id === id));

/** A change that may refuse by itself, flattened into one answer. */
async function change(
  db: Database,
  electionId: string,
  work: Parameters<typeof changeDraft<CandidateChange>>[2],
): Promise<CandidateChange> {
  const outcome = await changeDraft(db, electionId, work);
  return outcome.ok ? outcome.value : outcome;
}

export const addCandidate = (db: Database, actor: Technician, electionId: string, draft: CandidateDraft) =>
  change(db, electionId, async (tx, election) => {
    const contest = election.contests[0]!;
    if (sameName(election, draft.name)) return { ok: false, reason: 'same-name' };
    if (contest.candidates.length >= most) return { ok: false, reason: 'too-many-candidates' };
    const position = 1 + Math.max(0, ...contest.candidates.map((candidate) => candidate.position));
    const id = randomUUID();
    await insertCandidate(tx, { id, contest_id: contest.id, position, ...draft });
    await recordAudit(db, tx, { actor, action: 'candidate-added', electionId, subject: id });
    return { ok: true };
  });

export const editCandidate = (db: Database, actor: Technician, electionId: string, id: string, draft: CandidateDraft) =>
  change(db, electionId, async (tx, election) => {
    if (!has(election, id)) return { ok: false, reason: 'unknown-candidate' };
    if (sameName(election, draft.name, id)) return { ok: false, reason: 'same-name' };
    await updateCandidate(tx, id, draft);
    await recordAudit(db, tx, { actor, action: 'candidate-edited', electionId, subject: id });
    return { ok: true };
  });

export const removeCandidate = (db: Database, actor: Technician, electionId: string, id: string) =>
  change(db, electionId, async (tx, election) => {
    if (!has(election, id)) return { ok: false, reason: 'unknown-candidate' };
    await deleteCandidate(tx, id);
    await recordAudit(db, tx, { actor, action: 'candidate-removed', electionId, subject: id });
    return { ok: true };
  });
