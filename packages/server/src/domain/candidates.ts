// Candidates of a contest: added, edited, moved, deleted until the election is armed.

import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { deleteCandidate, insertCandidate, updateCandidate } from '../storage/candidates.ts';
import { deleteLogo, saveLogo } from '../storage/logos.ts';
import type { Database } from '../storage/database.ts';
import type { Direction } from './contests.ts';
import { changeHeld, type HeldDraft } from './draft-changes.ts';
import type { Change, Election } from './elections.ts';
import type { Logo } from './logos.ts';
import type { Technician } from './scopes.ts';
import { nameOf, paragraphsOf } from './text.ts';

export const candidateSchema = z.strictObject({
  name: nameOf(200),
  text: paragraphsOf(5000),
});

export type CandidateDraft = Readonly<z.infer<typeof candidateSchema>>;

/** With a new picture, where one was uploaded. */
export type WithLogo<T> = T & { readonly logo?: Logo | undefined };

export type CandidateChange =
  | Change
  | {
      readonly ok: false;
      readonly reason:
        'same-name' | 'unknown-candidate' | 'unknown-contest' | 'too-many-candidates' | 'order-not-fixed';
    };

/** Of one contest, and of the whole election. */
const most = { ofContest: 500, ofElection: 1000 } as const;

type Contest = Election['contests'][number];

const isSame = (a: string, b: string) => a.toLocaleLowerCase('und') === b.toLocaleLowerCase('und');

/** One person may stand in two contests, but not twice in one. */
const hasName = ({ candidates }: Contest, name: string, except?: string) =>
  candidates.some((other) => other.id !== except && isSame(other.name, name));

/** A change of one candidate, with the contest it stands in. */
const changeOne = (
  db: Database,
  actor: Technician,
  [electionId, id]: readonly [electionId: string, id: string],
  work: (held: HeldDraft & { readonly contest: Contest }) => Promise<CandidateChange>,
) =>
  changeHeld<CandidateChange>(db, actor, electionId, async (held) => {
    const contest = held.election.contests.find(({ candidates }) => candidates.some((each) => each.id === id));
    return contest ? work({ ...held, contest }) : { ok: false, reason: 'unknown-candidate' };
  });

/** `contestId` may be left out where there is one contest only. */
export const addCandidate = (
  db: Database,
  actor: Technician,
  electionId: string,
  { contestId, logo, ...draft }: WithLogo<CandidateDraft & { readonly contestId?: string }>,
) =>
  changeHeld<CandidateChange>(db, actor, electionId, async ({ tx, election, record }) => {
    const contest = contestId ? election.contests.find(({ id }) => id === contestId) : election.contests[0];
    if (!contest) return { ok: false, reason: 'unknown-contest' };
    if (hasName(contest, draft.name)) return { ok: false, reason: 'same-name' };
    const all = election.contests.reduce((sum, { candidates }) => sum + candidates.length, 0);
    if (contest.candidates.length >= most.ofContest || all >= most.ofElection)
      return { ok: false, reason: 'too-many-candidates' };
    const position = 1 + Math.max(0, ...contest.candidates.map((candidate) => candidate.position));
    const id = randomUUID();
    await insertCandidate(tx, { id, contest_id: contest.id, position, ...draft });
    if (logo) await saveLogo(tx, { candidate_id: id, ...logo });
    await record({ action: 'candidate-added', subject: id, details: { logo: logo !== undefined } });
    return { ok: true };
  });

export const editCandidate = (
  db: Database,
  actor: Technician,
  electionId: string,
  id: string,
  { logo, ...draft }: WithLogo<CandidateDraft>,
) =>
  changeOne(db, actor, [electionId, id], async ({ tx, contest, record }) => {
    if (hasName(contest, draft.name, id)) return { ok: false, reason: 'same-name' };
    await updateCandidate(tx, id, draft);
    if (logo) await saveLogo(tx, { candidate_id: id, ...logo });
    await record({ action: 'candidate-edited', subject: id, details: { logo: logo !== undefined } });
    return { ok: true };
  });

export const removeLogo = (db: Database, actor: Technician, electionId: string, id: string) =>
  changeOne(db, actor, [electionId, id], async ({ tx, record }) => {
    await deleteLogo(tx, id);
    await record({ action: 'logo-removed', subject: id });
    return { ok: true };
  });

/** One place up or down, where the order is made by hand; at the end of the list it stays where it is. */
export const moveCandidate = (db: Database, actor: Technician, electionId: string, id: string, direction: Direction) =>
  changeOne(db, actor, [electionId, id], async ({ tx, contest, record }) => {
    if (contest.candidate_order !== 'fixed') return { ok: false, reason: 'order-not-fixed' };
    const { candidates } = contest;
    const place = candidates.findIndex((candidate) => candidate.id === id);
    const [own, other] = [candidates[place]!, candidates[place + (direction === 'up' ? -1 : 1)]];
    if (!other) return { ok: true };
    await updateCandidate(tx, own.id, { position: other.position });
    await updateCandidate(tx, other.id, { position: own.position });
    await record({ action: 'candidate-moved', subject: id, details: { direction } });
    return { ok: true };
  });

export const removeCandidate = (db: Database, actor: Technician, electionId: string, id: string) =>
  changeOne(db, actor, [electionId, id], async ({ tx, record }) => {
    await deleteCandidate(tx, id);
    await record({ action: 'candidate-removed', subject: id });
    return { ok: true };
  });
