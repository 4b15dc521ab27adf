// An election in each phase of its life, made by the rules themselves; the window is moved, never the clock.

import { archiveElection } from '../../packages/server/src/domain/archives.ts';
import { createBallotQueue } from '../../packages/server/src/domain/ballot-queue.ts';
import { sealBox } from '../../packages/server/src/domain/boxes.ts';
import { castBallot } from '../../packages/server/src/domain/casting.ts';
import { publishResult, recordDeliberation } from '../../packages/server/src/domain/deliberations.ts';
import type { Phase } from '../../packages/server/src/domain/lifecycle.ts';
import { issueLink } from '../../packages/server/src/domain/links.ts';
import { proveHere } from '../../packages/server/src/domain/proofs.ts';
import { abandonElection } from '../../packages/server/src/domain/ways-back.ts';
import type { Database } from '../../packages/server/src/storage/database.ts';
import { findElection, updateElection } from '../../packages/server/src/storage/elections.ts';
import { insertLink } from '../../packages/server/src/storage/links.ts';
import { admin, anArmedElection, type ArmedElection, hour, vault } from './elections.ts';

const longAgo = Date.UTC(2020, 0, 1);

/** In the phases after the opening the first voter has voted for the first candidate; what is archived was held years ago. */
export async function anElectionIn(db: Database, phase: Exclude<Phase, 'draft'>): Promise<ArmedElection> {
  if (phase === 'armed') return anArmedElection(db, { opensIn: hour, closesIn: 2 * hour });
  const election = await anArmedElection(db);
  const [voter] = election.voters;
  const { ballot } = await election.seal([0]);
  const cast = await castBallot({ db, vault, queue: createBallotQueue(db), prove: proveHere }, { ...voter!, ballot });
  if (!cast.ok) throw new Error(cast.reason);
  if (phase === 'open') return election;
  if (phase === 'abandoned') {
    const abandoned = await abandonElection(db, admin, election.id, {
      name: 'Board 2026',
      reason: 'Too few candidates',
    });
    if (!abandoned.ok) throw new Error(abandoned.reason);
    return election;
  }
  await close(db, election.id);
  if (phase === 'closed') return election;
  const deliberated = await recordDeliberation(db, admin, election.id, await theDeliberation(db, election));
  if (!deliberated.ok) throw new Error(deliberated.reason);
  if (phase === 'deliberated') return election;
  await publishResult(db, admin, election.id);
  if (phase !== 'archived') return election;
  await archiveElection(db, admin, election.id);
  const then = { opens_at: longAgo, closes_at: longAgo + hour };
  await db.write((tx) => updateElection(tx, election.id, then));
  return election;
}

/** The voter is given a new link, and the one they had dies. */
export async function replaceLink(db: Database, voterId: string): Promise<void> {
  const now = await db.now();
  const link = issueLink(vault, voterId, now);
  await db.write(async (tx) => {
    await tx.updateTable('links').set({ replaced_at: now }).where('voter_id', '=', voterId).execute();
    await insertLink(tx, link);
  });
}

/** The end has come, and the box is sealed. */
export async function close(db: Database, electionId: string): Promise<void> {
  const closes_at = (await db.now()) - 1000;
  await db.write((tx) => updateElection(tx, electionId, { closes_at }));
  await sealBox(db, electionId);
}

/** What the key holder's page sends for a box with one ballot for the first candidate of each question. */
export async function theDeliberation(db: Database, { id, context }: Pick<ArmedElection, 'id' | 'context'>) {
  const contests = context.definition.contests.map(({ id: contest, candidates }) => ({
    contest,
    votes: candidates.map((_, index) => (index === 0 ? 1 : 0)),
    blank: 0,
  }));
  const tally = { ballots: 1, valid: 1, invalid: 0, contests };
  return { tally, invalidBallots: [], boxHash: (await findElection(db.reader, id))!.box_hash! };
}
