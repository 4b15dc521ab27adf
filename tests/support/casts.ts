// Votes for tests: a caller with a queue of its own, and what stands in the database afterwards.

import { createBallotQueue } from '../../packages/server/src/domain/ballot-queue.ts';
import { sealBox } from '../../packages/server/src/domain/boxes.ts';
import { type CastAnswer, castBallot } from '../../packages/server/src/domain/casting.ts';
import { boundCode } from '../../packages/server/src/domain/links.ts';
import { proveHere } from '../../packages/server/src/domain/proofs.ts';
import { readBallots } from '../../packages/server/src/storage/ballots.ts';
import type { Database } from '../../packages/server/src/storage/database.ts';
import { listQuarters } from '../../packages/server/src/storage/participation.ts';
import { countSignatures } from '../../packages/server/src/storage/signatures.ts';
import { listTurnout } from '../../packages/server/src/storage/turnout.ts';
import type { TestBench } from './databases.ts';
import { type ArmedElection, hour, type TestVoter, vault } from './elections.ts';

export const minute = 60_000;

/** A code that is not the given one. */
export const wrong = (code: string): string => String((Number(code) + 1) % 10_000).padStart(4, '0');

/** The voter of a ballot, in no group, with the link and the code it was judged by. */
export const judgedBy = ({ id, link, code }: TestVoter) => ({
  voterId: id,
  building: '',
  promotion: '',
  linkHash: vault.hash('link', link),
  codeHash: vault.hash('code', boundCode(id, code)),
});

export type Caster = (voter: Pick<TestVoter, 'link' | 'code'>, ballot: unknown) => Promise<CastAnswer>;

/** Casts through a queue of its own, as one process of the server does. */
export function caster(db: Database): Caster {
  const casting = { db, vault, queue: createBallotQueue(db), prove: proveHere };
  return ({ link, code }, ballot) => castBallot(casting, { link, ballot, code });
}

/** Ballots in the box, names on the signing list, votes in the counters: over time, per building, per promotion. */
export async function counts(db: Database, { id }: Pick<ArmedElection, 'id'>) {
  let ballots = 0;
  for await (const rows of readBallots(db.reader, id)) ballots += rows.length;
  const turnout = await listTurnout(db.reader, id);
  const sumOf = (kind: string) => turnout.reduce((sum, row) => sum + (row.kind === kind ? row.votes : 0), 0);
  const perGroup = { buildings: sumOf('building'), promotions: sumOf('promotion') };
  return {
    ballots,
    signatures: await countSignatures(db.reader, id),
    counted: (await listQuarters(db.reader, id)).reduce((sum, { votes }) => sum + votes, 0),
    ...perGroup,
  };
}

export const same = (n: number) => ({ ballots: n, signatures: n, counted: n, buildings: n, promotions: n });

/** Everyone of the roll votes, by turns for each candidate and blank. */
export async function everyoneVotes(db: Database, election: ArmedElection): Promise<string[]> {
  const cast = caster(db);
  const choices = [[0], [1], [], [2]];
  const receipts: string[] = [];
  for (const [index, voter] of election.voters.entries()) {
    const { ballot, receipt } = await election.seal(choices[index % choices.length]!);
    const answer = await cast(voter, ballot);
    if (!answer.ok) throw new Error(answer.reason);
    receipts.push(receipt);
  }
  return receipts;
}

/** Lets the end pass, and seals the box. */
export async function close(at: TestBench, election: Pick<ArmedElection, 'id'>): Promise<void> {
  at.clockOffsetMs += 2 * hour;
  await sealBox(at.db, election.id);
}
