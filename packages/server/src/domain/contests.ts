// The questions of an election and the rules of its count: made and changed until it is armed, frozen from then on.

import { randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type ContestRow, deleteContest, insertContest, updateContest } from '../storage/contests.ts';
import type { Database } from '../storage/database.ts';
import { updateElection } from '../storage/elections.ts';
import { changeHeld, type HeldDraft } from './draft-changes.ts';
import type { Change, Election } from './elections.ts';
import type { Admin } from './scopes.ts';
import { nameOf } from './text.ts';

/** Within the protocol's DEFINITION_LIMITS, whatever is made of them. */
const most = { contests: 20, choices: 200, seats: 500 } as const;

const numberUpTo = (limit: number) => z.coerce.number().int().min(1).max(limit);

export const contestSchema = z
  .strictObject({
    title: nameOf(200),
    minChoices: numberUpTo(most.choices),
    maxChoices: numberUpTo(most.choices),
    blank: z.boolean(),
    seats: numberUpTo(most.seats),
    order: z.enum(['fixed', 'alphabetical', 'drawn']),
  })
  .refine(({ minChoices, maxChoices }) => minChoices <= maxChoices, {
    path: ['maxChoices'],
    message: 'fewest-above-most',
  });

export type ContestDraft = Readonly<z.infer<typeof contestSchema>>;

export const rulesSchema = z.strictObject({
  tieRule: z.enum(['announce', 'lot', 'second-ballot']),
  /** Left empty: none. */
  quorum: z.coerce.number().int().min(0).max(100),
  minimumBallots: z.coerce.number().int().min(1).max(1_000_000),
});

export type Rules = Readonly<z.infer<typeof rulesSchema>>;

export type Direction = 'up' | 'down';

export type ContestChange =
  | Change
  | {
      readonly ok: false;
      readonly reason: 'unknown-contest' | 'too-many-contests' | 'last-contest' | 'order-not-drawn';
    };

type Contest = Election['contests'][number];

const columns = ({ title, minChoices, maxChoices, blank, seats, order }: ContestDraft) => {
  const choices = { min_choices: minChoices, max_choices: maxChoices, blank: blank ? 1 : 0 } as const;
  return { title, ...choices, seats, candidate_order: order };
};

/** A seed that nobody chose. */
export const aSeed = (): string => randomBytes(32).toString('hex');

/** A change of one contest of the election. */
const changeContest = (
  db: Database,
  actor: Admin,
  [electionId, id]: readonly [electionId: string, id: string],
  work: (held: HeldDraft & { readonly contest: Contest }) => Promise<ContestChange>,
): Promise<ContestChange> =>
  changeHeld(db, actor, electionId, async (held) => {
    const contest = held.election.contests.find((each) => each.id === id);
    return contest ? work({ ...held, contest }) : { ok: false, reason: 'unknown-contest' };
  });

/** Every draw stands in the audit log with its seed, so that nobody draws until they like the order. */
async function draw({ tx, record }: HeldDraft, id: string): Promise<void> {
  const seed = aSeed();
  await updateContest(tx, id, { order_seed: seed });
  await record({ action: 'order-drawn', subject: id, details: { seed } });
}

export const addContest = (
  db: Database,
  actor: Admin,
  electionId: string,
  draft: ContestDraft,
): Promise<ContestChange> =>
  changeHeld<ContestChange>(db, actor, electionId, async (held) => {
    const { contests } = held.election;
    if (contests.length >= most.contests) return { ok: false, reason: 'too-many-contests' };
    const position = 1 + Math.max(...contests.map((contest) => contest.position));
    const row: ContestRow = { id: randomUUID(), election_id: electionId, position, order_seed: '', ...columns(draft) };
    await insertContest(held.tx, row);
    await held.record({ action: 'contest-added', subject: row.id });
    if (draft.order === 'drawn') await draw(held, row.id);
    return { ok: true };
  });

export const editContest = (db: Database, actor: Admin, electionId: string, id: string, draft: ContestDraft) =>
  changeContest(db, actor, [electionId, id], async ({ contest, ...held }) => {
    const isDrawn = draft.order === 'drawn';
    await updateContest(held.tx, id, { ...columns(draft), ...(!isDrawn && { order_seed: '' }) });
    await held.record({ action: 'contest-edited', subject: id, details: { order: draft.order } });
    if (isDrawn && contest.candidate_order !== 'drawn') await draw(held, id);
    return { ok: true };
  });

/** With its candidates; the last one stays. */
export const removeContest = (db: Database, actor: Admin, electionId: string, id: string) =>
  changeContest(db, actor, [electionId, id], async ({ tx, election, record, contest }) => {
    if (election.contests.length === 1) return { ok: false, reason: 'last-contest' };
    await deleteContest(tx, id);
    await record({ action: 'contest-removed', subject: id, details: { candidates: contest.candidates.length } });
    return { ok: true };
  });

/** One place up or down; at the end of the list it stays where it is. */
export const moveContest = (db: Database, actor: Admin, electionId: string, id: string, direction: Direction) =>
  changeContest(db, actor, [electionId, id], async ({ tx, election, record, contest }) => {
    const { contests } = election;
    const other = contests[contests.indexOf(contest) + (direction === 'up' ? -1 : 1)];
    if (!other) return { ok: true };
    await updateContest(tx, contest.id, { position: other.position });
    await updateContest(tx, other.id, { position: contest.position });
    await record({ action: 'contest-moved', subject: id, details: { direction } });
    return { ok: true };
  });

/** Another seed for an order that is drawn. */
export const drawOrder = (db: Database, actor: Admin, electionId: string, id: string) =>
  changeContest(db, actor, [electionId, id], async ({ contest, ...held }) => {
    if (contest.candidate_order !== 'drawn') return { ok: false, reason: 'order-not-drawn' };
    await draw(held, id);
    return { ok: true };
  });

/** What happens on a tie, the quorum, the fewest ballots for opening the box. */
export const setRules = (db: Database, actor: Admin, electionId: string, rules: Rules): Promise<ContestChange> =>
  changeHeld<ContestChange>(db, actor, electionId, async ({ tx, record }) => {
    const { tieRule: tie_rule, quorum, minimumBallots: minimum_ballots } = rules;
    await updateElection(tx, electionId, { tie_rule, quorum, minimum_ballots });
    await record({ action: 'rules-changed', details: { ...rules } });
    return { ok: true };
  });
