// The minutes of an election, put together from what arming froze, what sealing and opening wrote down, and the audit log.
// Once they are published nothing in them is of the moment they are asked for: asked again, they are the same.

import {
  type ContestOutcome,
  type Definition,
  definitionHash,
  type Minutes,
  type MinutesBoard,
  type MinutesContest,
  type MinutesStatus,
  type Outcome,
  outcomeOf,
  parseDefinition,
  percentOf,
} from '@votix/protocol';
import { type AuditRow, listEntriesOf } from '../storage/audit-log.ts';
import type { Reader } from '../storage/database.ts';
import { type ElectionRow, findElection } from '../storage/elections.ts';
import { countVoters } from '../storage/voters.ts';
import { detailsOf } from './audit-reading.ts';
import { readBoardFacts } from './boards.ts';
import { listExtensions } from './changes.ts';
import { storedInvalidBallots, storedTally } from './deliberations.ts';
import { listIncidents } from './incidents.ts';

/** Who publishes, and with what: written down at the publication, of today until then. */
export interface Publisher {
  readonly organisation: string;
  readonly software: string;
}

export type ReadMinutes =
  | { readonly ok: true; readonly minutes: Minutes }
  | { readonly ok: false; readonly reason: 'unknown-election' | 'box-not-sealed' };

/** For everyone once the result is public, or it is sure that there will be none; for observers from the sealing on. */
export const hasPublicMinutes = (election: ElectionRow): boolean =>
  election.armed_at !== null &&
  (election.rewritten_at !== null || election.abandoned_at !== null) &&
  isPublicStatus(statusOf(election));

export const isPublicStatus = (status: MinutesStatus): boolean =>
  status === 'published' || status === 'not-opened' || status === 'abandoned';

export async function readMinutes(db: Reader, electionId: string, today: Publisher): Promise<ReadMinutes> {
  const election = await findElection(db, electionId);
  if (!election || election.armed_at === null) return { ok: false, reason: 'unknown-election' };
  if (election.rewritten_at === null && election.abandoned_at === null) return { ok: false, reason: 'box-not-sealed' };
  const parsed = parseDefinition(election.definition ?? '');
  if (!parsed.ok) throw new Error('The stored definition is not valid.');
  const { definition } = parsed;
  const registered = election.registered_count ?? (await countVoters(db, electionId));
  const outcome = outcomeFor(election, definition, registered);
  const status = statusOf(election);
  const ending = (await listEntriesOf(db, electionId, [endings[status]])).at(-1);
  const minutes: Minutes = {
    votix: 1,
    kind: 'minutes',
    status,
    rehearsal: election.rehearsal_of !== null,
    ...publisherOf(ending, today),
    election: election.id,
    name: election.name,
    zone: election.zone,
    rules: { minimumBallots: definition.minimumBallots, quorum: definition.quorum, tieRule: definition.tieRule },
    window: {
      opensAt: election.opens_at,
      closesAt: election.closes_at,
      extensions: await listExtensions(db, electionId),
      sealedAt: election.sealed_at,
      openedAt: election.deliberated_at,
      publishedAt: election.published_at,
    },
    counts: countsOf(election, registered, outcome),
    quorum: quorumOf(election, definition, registered),
    contests: definition.contests.map((contest, index) => contestOf(contest, outcome, index)),
    invalidBallots: storedInvalidBallots(election).map(({ receipt, reason }) => ({ receipt, reason })),
    incidents: await listIncidents(db, election, status),
    fingerprint: election.fingerprint ?? '',
    definitionHash: definitionHash(election.definition ?? ''),
    boxHash: election.box_hash,
    board: await boardOf(db, election),
    audit: ending ? { position: ending.position, hash: ending.hash } : null,
  };
  return { ok: true, minutes };
}

function statusOf(election: ElectionRow): MinutesStatus {
  if (election.abandoned_at !== null) return 'abandoned';
  if (election.published_at !== null) return 'published';
  if (election.deliberated_at !== null) return 'provisional';
  const ballots = election.ballot_count;
  return ballots !== null && ballots < election.minimum_ballots ? 'not-opened' : 'not-counted';
}

/** The deed with which the minutes of each status end. */
const endings: Readonly<Record<MinutesStatus, string>> = {
  published: 'result-published',
  provisional: 'box-opened',
  abandoned: 'election-abandoned',
  'not-opened': 'election-armed',
  'not-counted': 'election-armed',
};

function publisherOf(ending: AuditRow | undefined, today: Publisher): Publisher {
  const { organisation, software } = ending ? detailsOf(ending) : {};
  return {
    organisation: typeof organisation === 'string' ? organisation : today.organisation,
    software: typeof software === 'string' ? software : today.software,
  };
}

function outcomeFor(election: ElectionRow, definition: Definition, registered: number): Outcome | undefined {
  const tally = storedTally(election);
  return tally && outcomeOf(definition, tally, { registered, boxHash: election.box_hash ?? '' });
}

function countsOf(election: ElectionRow, registered: number, outcome: Outcome | undefined): Minutes['counts'] {
  const { ballot_count: ballots, signature_count: signatures } = election;
  return {
    registered,
    signatures,
    ballots,
    valid: outcome?.valid ?? null,
    invalid: outcome?.invalid ?? null,
    turnout: ballots === null ? null : percentOf(ballots, registered),
    agree: ballots === null ? null : ballots === signatures,
  };
}

/** Who took part is known with the sealed box, also when it stays closed. */
function quorumOf({ ballot_count: ballots }: ElectionRow, { quorum: percent }: Definition, registered: number) {
  if (percent === 0 || ballots === null) return null;
  return { percent, needed: Math.ceil((percent * registered) / 100), reached: 100 * ballots >= percent * registered };
}

function contestOf(
  contest: Definition['contests'][number],
  outcome: Outcome | undefined,
  index: number,
): MinutesContest {
  const { id, title, minChoices, maxChoices, seats, order, seed, blank: allowsBlank } = contest;
  const rules = { id, title, minChoices, maxChoices, seats, order, seed };
  if (!outcome) return { ...rules, blank: null, allowsBlank, expressed: null, vacant: null, tie: null, candidates: [] };
  const { valid, registered } = outcome;
  const found = outcome.contests[index]!;
  const shares = (votes: number) => ({
    votes,
    ofValid: percentOf(votes, valid),
    ofRoll: percentOf(votes, registered),
  });
  return {
    ...rules,
    blank: found.blank === undefined ? null : shares(found.blank),
    allowsBlank,
    expressed: found.expressed,
    vacant: found.vacant,
    tie: tieOf(contest, found),
    candidates: found.ranking.map(({ candidate, votes, rank, standing }) => ({
      id: candidate.id,
      name: candidate.name,
      ...shares(votes),
      rank,
      standing,
    })),
  };
}

/** Nothing is appended after the result: until then the board may still grow, and has no place in minutes. */
async function boardOf(db: Reader, { id, deliberated_at: deliberatedAt }: ElectionRow): Promise<MinutesBoard | null> {
  const facts = await readBoardFacts(db, id);
  if (!facts) return null;
  const { uuid, trustees, threshold, registrar, head } = facts;
  return {
    uuid,
    trustees: trustees.map(({ name }) => name),
    needed: threshold === 0 ? trustees.length : threshold,
    registrar: registrar?.name ?? null,
    head: deliberatedAt === null ? null : { height: head.height, hash: head.hash },
  };
}

function tieOf({ candidates }: Definition['contests'][number], { tie }: ContestOutcome): MinutesContest['tie'] {
  if (!tie) return null;
  const ids = (indices: readonly number[]) => indices.map((index) => candidates[index]!.id);
  return { votes: tie.votes, seats: tie.seats, candidates: ids(tie.candidates), lot: tie.lot ? ids(tie.lot) : null };
}
